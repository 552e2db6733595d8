package dev.lowgear.guardian;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.guardian.gpu.ClockActuator;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.gpu.GpuFault;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** GPUs in memory, which refuse what a test wants refused and remember what was called. */
final class FakeActuator implements ClockActuator {
    final Map<String, Integer> clocks = new TreeMap<>();
    final List<String> calls = new ArrayList<>();
    Predicate<String> refuses = call -> false;
    @Nullable ClockLadder ladder;
    long generation;

    @Override
    public Optional<ClockLadder> supportedClocks(String uuid) {
        return Optional.ofNullable(ladder);
    }

    @Override
    public void lock(String uuid, int clockMhz) throws GpuException {
        call("lock " + uuid + " " + clockMhz);
        clocks.put(uuid, clockMhz);
    }

    @Override
    public void reset(String uuid) throws GpuException {
        call("reset " + uuid);
        clocks.remove(uuid);
    }

    private void call(String call) throws GpuException {
        calls.add(call);
        if (refuses.test(call)) {
            throw new GpuException(GpuFault.TEMPORARY, "refused " + call);
        }
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public void close() {}
}
