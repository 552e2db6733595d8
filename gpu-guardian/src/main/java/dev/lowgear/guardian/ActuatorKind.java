package dev.lowgear.guardian;

import dev.lowgear.guardian.actuator.NoClockActuator;
import dev.lowgear.guardian.actuator.SimulatedClockActuator;
import dev.lowgear.guardian.gpu.ClockActuator;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.nvml.Nvml;

import java.util.Locale;
import java.util.Objects;

/** What can set clocks. */
enum ActuatorKind {
    /** Simulated GPUs, each a file. */
    SIMULATED {
        @Override
        ClockActuator open(GuardianConfig config) {
            return new SimulatedClockActuator(
                    Objects.requireNonNull(config.simulatedGpuDirectory()));
        }
    },
    /** NVIDIA GPUs through their driver's library. */
    NVML {
        @Override
        ClockActuator open(GuardianConfig config) throws GpuException {
            return Nvml.open(config.nvmlLibrary()).clockActuator();
        }
    },
    /** Nothing. */
    NONE {
        @Override
        ClockActuator open(GuardianConfig config) {
            return new NoClockActuator();
        }
    };

    abstract ClockActuator open(GuardianConfig config) throws GpuException;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ActuatorKind of(String word) throws ConfigException {
        for (ActuatorKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new ConfigException("actuator is simulated, nvml or none, got " + word);
    }
}
