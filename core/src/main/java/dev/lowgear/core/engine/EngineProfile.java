package dev.lowgear.core.engine;

import dev.lowgear.core.gpu.GpuModel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model on so many GPUs of one kind, written {@code <model>/<gpu>/tp<n>}, for example {@code
 * llama-2-13b/a100-40gb/tp2}; its limits follow from the two data sheets as in a vLLM server with
 * default settings and a chunk of 512 tokens:
 *
 * <pre>
 * KV bytes = 0.9 · memory · tensorParallel − weights,   in blocks of 16 tokens
 * </pre>
 *
 * vLLM also sets activations aside, so it reports somewhat less: 157,584 tokens for
 * llama-3.1-8b/a100-40gb/tp1, where this formula gives 172,384.
 *
 * @param model what is served
 * @param gpu what it runs on
 * @param tensorParallel GPUs it is sharded over: 1, 2, 4 or 8
 */
public record EngineProfile(ServedModel model, GpuModel gpu, int tensorParallel) {
    private static final Pattern FORM = Pattern.compile("([^/]+)/([^/]+)/tp(\\d{1,2})");
    private static final List<Integer> SIZES = List.of(1, 2, 4, 8);
    private static final double MEMORY_UTILISATION = 0.9;
    private static final int KV_BLOCK_TOKENS = 16;
    private static final int MAX_BATCH = 256;
    private static final int CHUNK_TOKENS = 512;

    /**
     * Refuses a combination that cannot run.
     *
     * @throws IllegalArgumentException if the size is not offered, or weights and KV cache of one
     *     request of maximum length do not fit; the message says which sizes do
     */
    public EngineProfile {
        if (!SIZES.contains(tensorParallel) || !fits(model, gpu, tensorParallel)) {
            throw new IllegalArgumentException(
                    "no profile "
                            + name(model, gpu, tensorParallel)
                            + ": "
                            + model
                            + " with "
                            + model.weightBytes() / 1_000_000_000
                            + " GB of weights runs on "
                            + gpu
                            + " as "
                            + fittingSizes(model, gpu));
        }
    }

    /**
     * The profile written {@code <model>/<gpu>/tp<n>}.
     *
     * @throws IllegalArgumentException if the text has another form or names something unknown; the
     *     message lists what exists
     */
    public static EngineProfile parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "an engine profile is <model>/<gpu>/tp<n>, got '"
                            + text
                            + "'; there are "
                            + knownIds());
        }
        return new EngineProfile(
                ServedModel.named(matcher.group(1)),
                GpuModel.named(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /** Every profile that fits, models first, small engines before large ones. */
    public static List<EngineProfile> known() {
        List<EngineProfile> profiles = new ArrayList<>();
        for (ServedModel model : ServedModel.known()) {
            for (GpuModel gpu : GpuModel.known()) {
                for (int size : SIZES) {
                    if (fits(model, gpu, size)) {
                        profiles.add(new EngineProfile(model, gpu, size));
                    }
                }
            }
        }
        return List.copyOf(profiles);
    }

    /** The form that {@link #parse} reads. */
    public String id() {
        return name(model, gpu, tensorParallel);
    }

    /** Block size and count, batch, chunk and model length of such an engine. */
    public EngineLimits limits() {
        return new EngineLimits(
                KV_BLOCK_TOKENS,
                Math.toIntExact(kvBlocks(model, gpu, tensorParallel)),
                MAX_BATCH,
                CHUNK_TOKENS,
                model.maxModelLength());
    }

    private static long kvBlocks(ServedModel model, GpuModel gpu, int size) {
        double free = MEMORY_UTILISATION * gpu.memoryBytes() * size - model.weightBytes();
        return (long) (free / model.kvBytesPerToken()) / KV_BLOCK_TOKENS;
    }

    private static boolean fits(ServedModel model, GpuModel gpu, int size) {
        return kvBlocks(model, gpu, size) * KV_BLOCK_TOKENS >= model.maxModelLength();
    }

    private static String fittingSizes(ServedModel model, GpuModel gpu) {
        return SIZES.stream()
                .filter(size -> fits(model, gpu, size))
                .map(size -> "tp" + size)
                .collect(Collectors.joining(", "));
    }

    private static String knownIds() {
        return known().stream().map(EngineProfile::id).collect(Collectors.joining(", "));
    }

    private static String name(ServedModel model, GpuModel gpu, int size) {
        return model + "/" + gpu + "/tp" + size;
    }

    @Override
    public String toString() {
        return id();
    }
}
