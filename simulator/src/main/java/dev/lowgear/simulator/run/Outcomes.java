package dev.lowgear.simulator.run;

import dev.lowgear.core.slo.Latencies;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How the finished requests of a run fared. */
final class Outcomes {
    private final List<Long> ttfts = new ArrayList<>();
    private final List<Long> e2es = new ArrayList<>();
    private int attained;
    private long tokens;

    void finished(Latencies latencies, boolean met, int generated) {
        ttfts.add(latencies.ttft());
        e2es.add(latencies.e2e());
        attained += met ? 1 : 0;
        tokens += generated;
    }

    int requests() {
        return e2es.size();
    }

    int attained() {
        return attained;
    }

    long tokens() {
        return tokens;
    }

    double ttftP99Millis() {
        return p99Millis(ttfts);
    }

    double e2eP99Millis() {
        return p99Millis(e2es);
    }

    private static double p99Millis(List<Long> nanos) {
        Collections.sort(nanos);
        return nanos.get((nanos.size() * 99 + 99) / 100 - 1) / 1e6;
    }
}
