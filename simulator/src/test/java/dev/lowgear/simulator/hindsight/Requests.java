package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.trace.ChatTrace;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TraceShaping;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Traffic and engine of the tests here. */
final class Requests {
    static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    static final SloTargets E2E_22_SECONDS = SloTargets.STANDARD;

    private Requests() {}

    static List<TraceRequest> chat(double perSecond, Duration length, long seed) {
        var generated =
                new ChatTrace(perSecond, ChatTrace.Burst.NONE)
                        .generate(length, new SplittableRandom(seed));
        return TraceShaping.clip(generated, PROFILE.limits().maxModelLength()).requests();
    }

    static TraceRequest at(long arrivalMillis, int prompt, int output) {
        return new TraceRequest(arrivalMillis * 1_000_000, prompt, output);
    }
}
