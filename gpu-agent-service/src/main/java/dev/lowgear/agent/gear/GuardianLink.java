package dev.lowgear.agent.gear;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.guardian.client.GuardianClient;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The guardian, for one engine's GPUs. */
public record GuardianLink(GuardianClient guardian, EngineId engine, List<String> gpus)
        implements ClockLink {
    @Override
    public CompletableFuture<Integer> set(int clockMhz, Duration lease) {
        return guardian.set(engine, clockMhz, lease, gpus);
    }

    @Override
    public CompletableFuture<Integer> renew(Duration lease) {
        return guardian.renew(engine, lease);
    }

    @Override
    public CompletableFuture<Void> reset() {
        return guardian.reset(engine);
    }
}
