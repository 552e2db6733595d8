package dev.lowgear.core.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.lease.Lease.Leased;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class LeaseTest {
    @Test
    void holdsUntilItsEndAndNotAtIt() {
        Lease lease = Lease.released().grant(1005, 200, 100);

        assertThat(lease.at(199).value()).isEqualTo(1005);
        assertThat(lease.at(200)).isEqualTo(Lease.released());
    }

    @Test
    void aRenewalNeverShortens() {
        Leased lease = Lease.released().grant(1005, 200, 100);

        assertThat(lease.renew(150, 120)).isEqualTo(new Leased(1005, 200));
        assertThat(lease.renew(300, 120)).isEqualTo(new Leased(1005, 300));
    }

    @Test
    void refusesIllegalTransitions() {
        Leased ended = Lease.released().grant(1005, 200, 100);

        assertThatThrownBy(() -> Lease.released().renew(300, 100))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ended.renew(300, 200)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Lease.released().grant(1005, 100, 100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Lease.released().grant(0, 200, 100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Seeds
    void survivesAClockThatWraps(SplittableRandom random) {
        long now = Long.MAX_VALUE - random.nextLong(1_000);
        long length = random.nextLong(1, 2_000);
        Leased lease = Lease.released().grant(900, now + length, now);

        assertThat(lease.isLeased(now + length - 1)).isTrue();
        assertThat(lease.remainingNanos(now + 1)).isEqualTo(length - 1);
        assertThat(lease.isLeased(now + length)).isFalse();
    }
}
