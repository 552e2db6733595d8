package dev.lowgear.simulator.comparison;

import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.study.Saturations;
import dev.lowgear.simulator.study.SloSet;
import dev.lowgear.simulator.study.Workload;

/** What every request is promised. */
public sealed interface Promised {
    /** For people. */
    String name();

    /** The policy of all requests of a workload on that engine. */
    SloPolicy policy(Workload workload, Specimen specimen, Saturations saturations);

    /** A set of a study; its end to end follows from the workload and the engine. */
    record OfSet(SloSet set) implements Promised {
        @Override
        public String name() {
            return set.option();
        }

        @Override
        public SloPolicy policy(Workload workload, Specimen specimen, Saturations saturations) {
            return SloPolicy.STANDARD.withTargets(set.targets(saturations.e2e(workload, specimen)));
        }
    }

    /**
     * The same whatever the workload and the engine.
     *
     * @param name where it is written
     * @param slo what is written there
     */
    record Written(String name, SloPolicy slo) implements Promised {
        @Override
        public SloPolicy policy(Workload workload, Specimen specimen, Saturations saturations) {
            return slo;
        }
    }
}
