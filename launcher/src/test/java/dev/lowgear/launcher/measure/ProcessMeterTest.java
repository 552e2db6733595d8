package dev.lowgear.launcher.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMeterTest {
    @Test
    void readsTimesWhateverAProcessIsCalled() {
        var stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 100 200 0 0 150 50 20 30 20 0 1 0 9";
        assertThat(ProcessMeter.cpuSecondsIn(stat)).isEqualTo(2.5);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void knowsThisProcess() {
        long own = ProcessHandle.current().pid();
        assertThat(ProcessMeter.isAvailable()).isTrue();
        assertThat(ProcessMeter.cpuSecondsOfTree(own)).isPositive();
        assertThat(ProcessMeter.residentBytes(own).orElseThrow()).isGreaterThan(10 << 20);
        assertThat(ProcessMeter.privateBytesOfTree(own)).isPositive();
    }

    @Test
    void aProcessThatIsGoneHasNothing() {
        assertThat(ProcessMeter.cpuSeconds(Long.MAX_VALUE)).isZero();
        assertThat(ProcessMeter.residentBytes(Long.MAX_VALUE)).isEmpty();
    }
}
