package dev.lowgear.simulator.run;

/**
 * How the requests of a run fared. A target that was not promised counts as met.
 *
 * @param counted finished requests, and unfinished ones past a deadline
 * @param finished requests that got their last token
 * @param ttftMet those counted that met the target of their first token
 * @param tbtMet those that met the targets between tokens
 * @param e2eMet those that met the target of their last token
 * @param allMet those that met all their targets
 * @param lost those that were lost on arrival or admission: no gear could have saved them
 */
public record Promises(
        int counted, int finished, int ttftMet, int tbtMet, int e2eMet, int allMet, int lost) {
    /** Share of requests that met the target of their first token. */
    public double ttft() {
        return share(ttftMet);
    }

    /** Share of requests that met the targets between tokens, mean and tail. */
    public double tbt() {
        return share(tbtMet);
    }

    /** Share of requests that met the end-to-end target. */
    public double e2e() {
        return share(e2eMet);
    }

    /** Attainment: share of requests that met all their targets. */
    public double all() {
        return share(allMet);
    }

    private double share(int met) {
        return counted == 0 ? 1 : (double) met / counted;
    }
}
