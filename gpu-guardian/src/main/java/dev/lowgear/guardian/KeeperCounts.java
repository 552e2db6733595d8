package dev.lowgear.guardian;

/** What the actuator thread has done so far, and how it stands; published for other threads. */
record KeeperCounts(
        int leasedEngines,
        int lockedGpus,
        int failingGpus,
        boolean releaseAsked,
        long sets,
        long resets,
        long expiries,
        long refusals) {
    static final KeeperCounts NONE = new KeeperCounts(0, 0, 0, false, 0, 0, 0, 0);
}
