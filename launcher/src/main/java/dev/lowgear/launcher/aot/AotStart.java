package dev.lowgear.launcher.aot;

import dev.lowgear.infrastructure.process.ChildEndedException;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.JavaCommand;
import dev.lowgear.launcher.stack.CacheFolder;
import dev.lowgear.launcher.stack.DataFolder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * Starts a JVM from its AOT cache when there is one that it takes, else without, recording what one
 * is made from.
 */
public final class AotStart {
    /** Environment variable with which JVMs neither use nor record a cache: {@code off}. */
    static final String SWITCH = "LOWGEAR_AOT";

    private static final Logger LOG = LoggerFactory.getLogger(AotStart.class);

    private final String part;
    private final AotCache cache;
    private final Recordings recordings;

    /**
     * Prepares the start of a JVM.
     *
     * @param part its name
     * @param command its command, without what concerns the cache
     */
    public AotStart(String part, JavaCommand command, DataFolder data) {
        this.part = part;
        cache = AotCache.of(part, command, CacheFolder.at(data.cache()));
        recordings = new Recordings(data);
    }

    /**
     * Starts a JVM and waits until it is ready.
     *
     * @param <T> what has started
     */
    @FunctionalInterface
    public interface Launch<T> {
        /**
         * Starts it.
         *
         * @param jvmOptions to be added to its own
         * @param run how to end it
         */
        T launch(List<String> jvmOptions, AotRun run);
    }

    /**
     * Starts it.
     *
     * @throws ChildProcessException when it does not become ready, cache or not
     */
    public <T> T start(Launch<T> launch) {
        if (isOff()) {
            return launch.launch(List.of(), new AotRun(part, AotUse.NONE, recordings));
        }
        if (!cache.exists()) {
            return record(launch, "");
        }
        try {
            return launch.launch(cache.use(), new AotRun(part, AotUse.USED, recordings));
        } catch (ChildEndedException e) {
            var reason = e.isCrash() ? "the JVM crashed with it" : cache.rejection().orElse("");
            if (reason.isEmpty()) {
                throw e;
            }
            LOG.warn("part={} AOT cache rejected, starting without it: {}", part, reason);
            cache.discard();
            return record(launch, reason);
        }
    }

    /** Without waiting for it: the options that start it, having asked the JVM about the cache. */
    public Chosen choose() {
        if (isOff()) {
            return new Chosen(List.of(), AotUse.NONE);
        }
        if (!cache.exists()) {
            return new Chosen(begin(), AotUse.recording(""));
        }
        var rejection = cache.rejection();
        if (rejection.isEmpty()) {
            return new Chosen(cache.use(), AotUse.USED);
        }
        cache.discard();
        return new Chosen(begin(), AotUse.recording(rejection.get()));
    }

    private static boolean isOff() {
        return "off".equalsIgnoreCase(System.getenv(SWITCH));
    }

    private <T> T record(Launch<T> launch, String remark) {
        return launch.launch(begin(), new AotRun(part, AotUse.recording(remark), recordings));
    }

    private List<String> begin() {
        return recordings.begin(Recording.of(part, cache));
    }

    /**
     * How to start a JVM.
     *
     * @param jvmOptions what to add to its own
     * @param use what comes of it
     */
    public record Chosen(List<String> jvmOptions, AotUse use) {
        public Chosen {
            jvmOptions = List.copyOf(jvmOptions);
        }
    }
}
