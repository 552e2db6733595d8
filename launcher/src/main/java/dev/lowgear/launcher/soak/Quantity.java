package dev.lowgear.launcher.soak;

/** What is sampled of a process. */
enum Quantity {
    /** Resident memory. */
    RESIDENT("rss", "MiB", 16, 0.08),
    /** Live objects: the heap in use right after a full collection, once a minute. */
    LIVE_HEAP("live heap", "MiB", 2, 0.05),
    /** Metaspace and compiled code. */
    NON_HEAP("non-heap", "MiB", 4, 0.05),
    THREADS("threads", "", 4, 0.10);

    private final String label;
    private final String unit;
    private final double leastTolerated;
    private final double toleratedShare;

    Quantity(String label, String unit, double leastTolerated, double toleratedShare) {
        this.label = label;
        this.unit = unit;
        this.leastTolerated = leastTolerated;
        this.toleratedShare = toleratedShare;
    }

    String label() {
        return label;
    }

    String unit() {
        return unit;
    }

    /** Growth over the judged part of a soak that is not held against a process. */
    double tolerated(double median) {
        return Math.max(leastTolerated, toleratedShare * median);
    }
}
