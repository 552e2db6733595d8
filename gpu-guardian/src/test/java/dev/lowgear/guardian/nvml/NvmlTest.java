package dev.lowgear.guardian.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.lowgear.guardian.gpu.ClockActuator;
import dev.lowgear.guardian.gpu.Gpu;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.gpu.GpuFault;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The real JNA calls, against a native library that is not NVIDIA's. */
class NvmlTest {
    private static final String FIRST = FakeNvml.uuid(0);
    private static final String SECOND = FakeNvml.uuid(1);

    @TempDir Path directory;
    private FakeNvml fake;
    private long now;

    @BeforeEach
    void build() throws Exception {
        fake = FakeNvml.build(directory.resolve("driver"));
    }

    @Test
    void findsGpusByTheirUuids() throws Exception {
        try (Nvml nvml = open()) {
            assertThat(nvml.driverVersion()).isEqualTo("550.163.01");
            assertThat(nvml.uuids())
                    .containsExactly(FIRST, SECOND, FakeNvml.uuid(2), FakeNvml.uuid(3));
            assertThat(nvml.gpu(SECOND).model()).isEqualTo("NVIDIA H100 80GB HBM3");
            assertFault(() -> nvml.gpu("GPU-none"), GpuFault.NOT_FOUND, "NOT_FOUND");
        }
    }

    @Test
    void readsTheClocksOfTheHighestMemoryClock() throws Exception {
        try (Nvml nvml = open()) {
            var ladder = nvml.gpu(FIRST).supportedClocks();

            assertThat(ladder.size()).isEqualTo(110);
            assertThat(ladder.lowest()).isEqualTo(345);
            assertThat(ladder.highest()).isEqualTo(1980);
        }
    }

    @Test
    void aLockMovesTheClockAndThePowerOfThatGpuOnly() throws Exception {
        try (Nvml nvml = open();
                ClockActuator actuator = nvml.clockActuator()) {
            Gpu gpu = nvml.gpu(FIRST);
            assertThat(gpu.smClockMhz()).isEqualTo(1980);
            assertThat(gpu.watts()).isCloseTo(455.0, within(0.1));

            actuator.lock(FIRST, 1395);

            assertThat(fake.locked(0)).isEqualTo(1395);
            assertThat(gpu.smClockMhz()).isEqualTo(1395);
            assertThat(gpu.watts()).isCloseTo(250.3, within(0.5));
            assertThat(gpu.powerLimitWatts()).hasValue(700);
            assertThat(nvml.gpu(SECOND).smClockMhz()).isEqualTo(1980);
            assertThat(fake.sets(1)).isZero();

            actuator.reset(FIRST);
            assertThat(fake.locked(0)).isZero();
            assertThat(gpu.smClockMhz()).isEqualTo(1980);
        }
    }

    @Test
    void successIsNotEffect() throws Exception {
        fake.ignoreLocks();
        try (Nvml nvml = open();
                ClockActuator actuator = nvml.clockActuator()) {
            actuator.lock(FIRST, 900);

            assertThat(nvml.gpu(FIRST).smClockMhz()).as("what is measured").isEqualTo(1980);
        }
    }

    @Test
    void theEnergyCounterGrowsWithThePower() throws Exception {
        try (Nvml nvml = open()) {
            Gpu gpu = nvml.gpu(FIRST);
            long before = gpu.energyMillijoules();
            assertThat(before).isGreaterThanOrEqualTo(600_000);

            await().until(() -> gpu.energyMillijoules() > before + 10_000);
        }
    }

    @Test
    void saysWhyTheClockIsWhatItIs() throws Exception {
        try (Nvml nvml = open()) {
            Gpu gpu = nvml.gpu(FIRST);
            assertThat(gpu.clockEventReasons().mask()).isZero();
            fake.load(0);
            assertThat(gpu.clockEventReasons().isIdle()).isTrue();
            assertThat(gpu.clockEventReasons().isHeldDown()).isFalse();
        }
    }

    @Test
    void olderDriversAnswerUnderOlderNames() throws Exception {
        fake = FakeNvml.build(directory.resolve("old"), "-DOLD_DRIVER");
        fake.load(0);
        try (Nvml nvml = open()) {
            Gpu gpu = nvml.gpu(FIRST);

            assertThat(gpu.clockEventReasons().isIdle()).isTrue();
            assertThat(gpu.watts()).isCloseTo(95, within(0.1));
        }
    }

    @Test
    void whereOnlyTheModuleIsMeteredItsPowerCounts() throws Exception {
        fake.answerOnlyForTheModule();
        fake.load(0);
        try (Nvml nvml = open()) {
            assertThat(nvml.gpu(FIRST).watts()).isCloseTo(95, within(0.1));
        }
    }

    @Test
    void withoutPrivilegeItReadsAndDoesNotSet() throws Exception {
        fake.deny(true);
        try (Nvml nvml = open();
                ClockActuator actuator = nvml.clockActuator()) {
            assertFault(() -> actuator.lock(FIRST, 900), GpuFault.NO_PERMISSION, "NO_PERMISSION");
            assertThat(nvml.gpu(FIRST).smClockMhz()).isEqualTo(1980);
            assertThat(fake.sets(0)).isZero();
        }
    }

    @Test
    void leavesGpusAloneThatAreCutIntoInstances() throws Exception {
        fake.cutIntoInstances(0);
        try (Nvml nvml = open();
                ClockActuator actuator = nvml.clockActuator()) {
            assertFault(() -> actuator.lock(FIRST, 900), GpuFault.NOT_SUPPORTED, "MIG");
            assertThat(fake.sets(0)).isZero();
        }
    }

    @Test
    void aLostGpuIsLeftOutAndTheOthersGoOn() throws Exception {
        try (Nvml nvml = open()) {
            Gpu lost = nvml.gpu(FIRST);
            fake.lose(0, true);

            assertFault(lost::smClockMhz, GpuFault.GPU_LOST, "GPU_IS_LOST");
            assertThat(nvml.uuids()).doesNotContain(FIRST).contains(SECOND);
            assertThat(nvml.gpu(SECOND).smClockMhz()).isEqualTo(1980);

            fake.lose(0, false);
            assertThat(lost.smClockMhz()).isEqualTo(1980);
        }
    }

    @Test
    void afterADriverReloadItOpensAnewOnceASecond() throws Exception {
        try (Nvml nvml = open()) {
            Gpu gpu = nvml.gpu(FIRST);
            assertThat(nvml.generation()).isEqualTo(1);
            fake.reloadDriver();
            fake.removeDriver(true);

            assertFault(gpu::smClockMhz, GpuFault.DRIVER_UNAVAILABLE, "UNKNOWN");
            assertFault(gpu::smClockMhz, GpuFault.DRIVER_UNAVAILABLE, "in a second");
            now += 1_000_000_000;
            assertFault(gpu::smClockMhz, GpuFault.DRIVER_UNAVAILABLE, "DRIVER_NOT_LOADED");

            fake.removeDriver(false);
            now += 1_000_000_000;
            assertThat(gpu.smClockMhz()).isEqualTo(1980);
            assertThat(nvml.generation()).isEqualTo(2);
        }
    }

    @Test
    void saysClearlyThatThereIsNoDriverOrNoLibrary() {
        fake.removeDriver(true);
        assertFault(this::open, GpuFault.DRIVER_UNAVAILABLE, "nvmlInit_v2");
        assertFault(
                () -> Nvml.open(directory.resolve("none.so")),
                GpuFault.DRIVER_UNAVAILABLE,
                "is the NVIDIA driver installed");
    }

    private Nvml open() throws GpuException {
        return Nvml.open(fake.library(), () -> now);
    }

    private static void assertFault(ThrowingCallable call, GpuFault fault, String message) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .asInstanceOf(InstanceOfAssertFactories.type(GpuException.class))
                .extracting(GpuException::fault)
                .isEqualTo(fault);
    }
}
