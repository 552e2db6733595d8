package dev.lowgear.launcher.stack;

import dev.lowgear.launcher.UsageException;

import java.util.regex.Pattern;

/**
 * The name of an engine profile, {@code <model>/<gpu>/tp<n>}.
 *
 * @param model such as {@code llama-2-13b}
 * @param gpu such as {@code a100-40gb}
 * @param tensorParallel GPUs that run it together
 */
public record EngineProfileName(String model, String gpu, int tensorParallel) {
    private static final Pattern FORM =
            Pattern.compile("([a-z0-9][a-z0-9.-]*)/([a-z0-9][a-z0-9-]*)/tp([1-9][0-9]?)");

    /**
     * Reads a name.
     *
     * @throws UsageException when it is none
     */
    public static EngineProfileName parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(
                    "engine profile '%s' is not of the form <model>/<gpu>/tp<n>, such as %s"
                            .formatted(text, SimulatedEngine.STANDARD_PROFILE));
        }
        return new EngineProfileName(
                matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)));
    }

    /** As it is written. */
    public String text() {
        return model + "/" + gpu + "/tp" + tensorParallel;
    }
}
