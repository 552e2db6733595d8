package dev.lowgear.simulator.run;

/**
 * What a run came to. Every request of its trace was served to its end.
 *
 * @param policy the gear policy
 * @param seconds virtual time until the last token
 * @param requests how many were served
 * @param attained those of them that met all their targets
 * @param joules drawn in that time, all GPUs together
 * @param tokens generated
 * @param meanClockMhz mean over that time
 * @param ttftP99Millis 99th percentile of the time to first token, nearest rank
 * @param e2eP99Millis 99th percentile from arrival to last token
 * @param directives directives obeyed that set a gear; renewals are not counted
 */
public record RunResult(
        String policy,
        double seconds,
        int requests,
        int attained,
        double joules,
        long tokens,
        double meanClockMhz,
        double ttftP99Millis,
        double e2eP99Millis,
        int directives) {

    /** Share of requests that met all their targets. */
    public double attainment() {
        return (double) attained / requests;
    }

    /** What a token took. */
    public double joulesPerToken() {
        return joules / tokens;
    }
}
