package dev.lowgear.launcher.soak;

import dev.lowgear.launcher.measure.ProcessMeter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.EnumMap;
import java.util.Map;

/** What was sampled of one process. */
final class ProcessSamples implements AutoCloseable {
    private static final double MIB = 1 << 20;

    private final String name;
    private final long pid;
    private final @Nullable JvmProbe jvm;
    private final Map<Quantity, Series> series = new EnumMap<>(Quantity.class);

    private ProcessSamples(String name, long pid, @Nullable JvmProbe jvm) {
        this.name = name;
        this.pid = pid;
        this.jvm = jvm;
    }

    static ProcessSamples ofJvm(String name, long pid) throws IOException {
        return new ProcessSamples(name, pid, JvmProbe.attach(pid));
    }

    /** Of a process with its children, whose private memory is summed up. */
    static ProcessSamples ofTree(String name, long pid) {
        return new ProcessSamples(name, pid, null);
    }

    String name() {
        return name;
    }

    Map<Quantity, Series> series() {
        return series;
    }

    /** The samples of a quantity; none if it was never sampled. */
    Series of(Quantity quantity) {
        return series.getOrDefault(quantity, new Series());
    }

    /**
     * Takes a sample.
     *
     * @param second of the soak
     * @param collect whether to collect the heap's garbage for it
     * @throws IOException when the JVM no longer answers
     */
    void take(double second, boolean collect) throws IOException {
        if (jvm == null) {
            add(Quantity.RESIDENT, second, ProcessMeter.privateBytesOfTree(pid) / MIB);
            return;
        }
        var resident = ProcessMeter.residentBytes(pid);
        if (resident.isEmpty()) {
            throw new IOException(name + " (pid " + pid + ") is gone");
        }
        add(Quantity.RESIDENT, second, resident.getAsLong() / MIB);
        try {
            add(Quantity.NON_HEAP, second, jvm.nonHeap());
            add(Quantity.THREADS, second, jvm.threads());
            if (collect) {
                add(Quantity.LIVE_HEAP, second, jvm.liveHeap());
            }
        } catch (UndeclaredThrowableException e) {
            throw new IOException(name + " (pid " + pid + ") does not answer", e.getCause());
        }
    }

    void add(Quantity quantity, double second, double value) {
        series.computeIfAbsent(quantity, key -> new Series()).add(second, value);
    }

    @Override
    public void close() throws IOException {
        if (jvm != null) {
            jvm.close();
        }
    }
}
