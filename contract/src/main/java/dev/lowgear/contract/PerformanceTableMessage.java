package dev.lowgear.contract;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.Bands;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.Knots;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.core.performance.TableQuality;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * A {@link PerformanceTable} on the wire. The newest record of a fingerprint is the table in force,
 * whatever its version: rolling back publishes an older one again, a null value withdraws it.
 *
 * <p>Surfaces travel as Base64 of little-endian 32-bit floats, clock innermost: the largest grid
 * stays under 1 MB, and every float arrives with the bits it left with.
 *
 * @param tableId names one published table for good
 * @param version counts up with every table of the same fingerprint
 * @param servedModel model name as clients know it
 * @param fingerprint what makes engines comparable; the record's key
 * @param micros iteration time by cell, microseconds
 * @param busyWatts busy watts by cell, all GPUs of the engine
 * @param restWatts watts at rest by clock
 */
@SuppressWarnings("ArrayRecordComponent") // boxed surfaces would cost what packing is for
public record PerformanceTableMessage(
        int schemaVersion,
        String tableId,
        int version,
        String servedModel,
        String gpuModel,
        int tensorParallel,
        String fingerprint,
        Grid grid,
        Quality quality,
        byte[] micros,
        byte[] busyWatts,
        byte[] restWatts,
        double idleWatts,
        double staticWatts) {

    /** Where the cells lie: batch outermost, then KV tokens, prefill tokens and clock. */
    @SuppressWarnings("ArrayRecordComponent") // a wire record, never compared
    public record Grid(
            int[] clocksMhz, double[] batch, double[] kvTokens, double[] prefillTokens) {}

    /**
     * How good the table is on telemetry it was not trained on; an error is absent while there was
     * nothing to compare with.
     *
     * @param time error of iteration time, microseconds
     * @param priorTime error of the untrained prior on the same iterations
     * @param watts error of mean watts
     * @param priorWatts error of the untrained prior on the same windows
     * @param wattsLearned whether watts were learned or are the prior's
     */
    public record Quality(
            long samples,
            @Nullable FitError time,
            @Nullable FitError priorTime,
            @Nullable FitError watts,
            @Nullable FitError priorWatts,
            boolean wattsLearned,
            Support support,
            long trainedFromEpochMillis,
            long trainedToEpochMillis) {}

    /** Iterations seen by region; each axis is cut into bands by its ascending inner edges. */
    @SuppressWarnings("ArrayRecordComponent") // a wire record, never compared
    public record Support(
            double[] clocksMhz,
            double[] batch,
            double[] kvTokens,
            double[] prefillTokens,
            int[] counts) {}

    /** This table on the wire. */
    public static PerformanceTableMessage of(PerformanceTable table) {
        TableIdentity identity = table.identity();
        return new PerformanceTableMessage(
                MessageCodec.SCHEMA_VERSION,
                identity.tableId(),
                identity.version(),
                identity.servedModel(),
                identity.gpuModel(),
                identity.tensorParallel(),
                identity.fingerprint(),
                grid(table.grid()),
                quality(table.quality()),
                pack(table.microsByCell()),
                pack(table.busyWattsByCell()),
                pack(table.restWattsByClock()),
                table.idleWatts(),
                table.staticWatts());
    }

    /**
     * The table it carries.
     *
     * @throws IllegalArgumentException if grid and surfaces do not belong together or a surface is
     *     not monotone
     */
    public PerformanceTable toCore() {
        return PerformanceTable.of(
                new TableIdentity(
                        tableId, version, servedModel, gpuModel, tensorParallel, fingerprint),
                new TableGrid(
                        ClockLadder.of(grid.clocksMhz()),
                        Knots.of(grid.batch()),
                        Knots.of(grid.kvTokens()),
                        Knots.of(grid.prefillTokens())),
                coreQuality(),
                unpack(micros),
                unpack(busyWatts),
                unpack(restWatts),
                idleWatts,
                staticWatts);
    }

    private TableQuality coreQuality() {
        Support seen = quality.support();
        return new TableQuality(
                quality.samples(),
                quality.time(),
                quality.priorTime(),
                quality.watts(),
                quality.priorWatts(),
                quality.wattsLearned(),
                RegionSupport.of(
                        Bands.between(seen.clocksMhz()),
                        Bands.between(seen.batch()),
                        Bands.between(seen.kvTokens()),
                        Bands.between(seen.prefillTokens()),
                        seen.counts()),
                Instant.ofEpochMilli(quality.trainedFromEpochMillis()),
                Instant.ofEpochMilli(quality.trainedToEpochMillis()));
    }

    private static Grid grid(TableGrid grid) {
        int[] clocksMhz = new int[grid.clocks().size()];
        for (int i = 0; i < clocksMhz.length; i++) {
            clocksMhz[i] = grid.clocks().mhz(i);
        }
        return new Grid(
                clocksMhz,
                grid.batch().toArray(),
                grid.kvTokens().toArray(),
                grid.prefillTokens().toArray());
    }

    private static Quality quality(TableQuality quality) {
        RegionSupport support = quality.support();
        return new Quality(
                quality.samples(),
                quality.time(),
                quality.priorTime(),
                quality.watts(),
                quality.priorWatts(),
                quality.wattsLearned(),
                new Support(
                        support.clocks().toArray(),
                        support.batch().toArray(),
                        support.kvTokens().toArray(),
                        support.prefillTokens().toArray(),
                        support.counts()),
                quality.trainedFrom().toEpochMilli(),
                quality.trainedTo().toEpochMilli());
    }

    private static byte[] pack(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static float[] unpack(byte[] bytes) {
        if (bytes.length % Float.BYTES != 0) {
            throw new IllegalArgumentException(
                    "a surface is packed floats, got " + bytes.length + " bytes");
        }
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
