package dev.lowgear.core.gpu;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A GPU's data sheet: what its vendor prints, not how it behaves under load. The planner's prior
 * starts from these figures; everything else it has to learn.
 *
 * @param id the name in engine profiles and messages, such as {@code a100-40gb}
 * @param description for people
 * @param memoryBytes device memory
 * @param memoryBandwidth peak bytes per second
 * @param peakFlops dense 16-bit floating-point operations per second at the highest clock
 * @param linkBandwidth bytes per second and direction to the other GPUs of its node
 * @param boardWatts board power limit
 * @param idleWatts drawn at the lowest clock with weights loaded and nothing to do (an assumption:
 *     no vendor prints it)
 * @param clocks the SM clocks it can be locked to
 */
public record GpuModel(
        String id,
        String description,
        long memoryBytes,
        double memoryBandwidth,
        double peakFlops,
        double linkBandwidth,
        double boardWatts,
        double idleWatts,
        ClockLadder clocks) {

    private static final long GIB = 1L << 30;
    private static final ClockLadder A100_CLOCKS = ClockLadder.stepped(210, 1410, 15);

    /** A100, 40 GB of HBM2. */
    public static final GpuModel A100_40GB =
            new GpuModel(
                    "a100-40gb",
                    "NVIDIA A100 40 GB",
                    40 * GIB,
                    1.555e12,
                    312e12,
                    300e9,
                    400,
                    58,
                    A100_CLOCKS);

    /** The same GPU in a DGX, the machine of the throttLL'eM paper; its power curve differs. */
    public static final GpuModel A100_40GB_DGX =
            new GpuModel(
                    "a100-40gb-dgx",
                    "NVIDIA A100 40 GB in a DGX",
                    40 * GIB,
                    1.555e12,
                    312e12,
                    300e9,
                    400,
                    58,
                    A100_CLOCKS);

    /** A100, 80 GB of HBM2e. */
    public static final GpuModel A100_80GB =
            new GpuModel(
                    "a100-80gb",
                    "NVIDIA A100 80 GB",
                    80 * GIB,
                    2.039e12,
                    312e12,
                    300e9,
                    400,
                    58,
                    A100_CLOCKS);

    /** H100 SXM, 80 GB of HBM3. */
    public static final GpuModel H100 =
            new GpuModel(
                    "h100",
                    "NVIDIA H100 SXM 80 GB",
                    80 * GIB,
                    3.350e12,
                    989e12,
                    450e9,
                    700,
                    80,
                    ClockLadder.stepped(345, 1980, 15));

    private static final List<GpuModel> KNOWN = List.of(A100_40GB, A100_40GB_DGX, A100_80GB, H100);

    /** Refuses figures that cannot be. */
    public GpuModel {
        if (id.isBlank() || memoryBytes <= 0) {
            throw new IllegalArgumentException("a GPU has a name and memory, got " + id);
        }
        requirePositive("memory bandwidth", memoryBandwidth);
        requirePositive("peak FLOP/s", peakFlops);
        requirePositive("link bandwidth", linkBandwidth);
        requirePositive("idle power", idleWatts);
        if (!(boardWatts > idleWatts)) {
            throw new IllegalArgumentException(
                    "board power of " + id + " must exceed idle power, got " + boardWatts);
        }
    }

    /** Every GPU there is a data sheet for. */
    public static List<GpuModel> known() {
        return KNOWN;
    }

    /**
     * The data sheet of that name.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static GpuModel named(String id) {
        return KNOWN.stream()
                .filter(gpu -> gpu.id.equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown GPU '" + id + "'; there are " + knownIds()));
    }

    /** The clock the driver runs at when nobody asks for another: the highest. */
    public int defaultClockMhz() {
        return clocks.highest();
    }

    private static String knownIds() {
        return KNOWN.stream().map(GpuModel::id).collect(Collectors.joining(", "));
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(what + " must be positive, got " + value);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
