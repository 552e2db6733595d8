package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MarginServoTest {
    private final MarginServo servo = new MarginServo(.99);

    @Test
    void movesAsInTheWorkedExample() {
        servo.after(Seen.missed(true));
        assertThat(servo.margin()).isCloseTo(1.3796, within(1e-4));
        var other = new MarginServo(.99);
        other.after(Seen.kept());
        assertThat(other.margin()).isCloseTo(1.2993, within(1e-4));
    }

    @Test
    void doesNotCountWhatNoClockCouldHaveSaved() {
        servo.after(Seen.missed(false));
        assertThat(servo.margin()).isEqualTo(1.3);
    }

    /** About one miss in 111 is what a tenth of the budget above 99 % leaves. */
    @Test
    void staysWhereTheAttainmentIsWhatItIsToBe() {
        for (int hundred = 0; hundred < 20; hundred++) {
            servo.after(Seen.missed(true));
            for (int kept = 0; kept < 111; kept++) {
                servo.after(Seen.kept());
            }
        }
        assertThat(servo.margin()).isCloseTo(1.3, within(.02));
    }

    @Test
    void endsAtItsBounds() {
        for (int i = 0; i < 100; i++) {
            servo.after(Seen.missed(true));
        }
        assertThat(servo.margin()).isEqualTo(4);
        for (int i = 0; i < 10_000; i++) {
            servo.after(Seen.kept());
        }
        assertThat(servo.margin()).isEqualTo(.8);
    }
}
