package dev.lowgear.core.lease;

/**
 * One borrowed thing, a clock or a pace, that goes back by itself. Immutable; all times are one
 * monotonic clock's nanoseconds, compared by difference, so that they may wrap.
 *
 * <pre>
 *  RELEASED ──grant──► LEASED(value, until) ──grant, renew──► LEASED
 *      ▲                        │
 *      └────────── at(now ≥ until), release ──────────────────┘
 * </pre>
 *
 * <p>These are all the legal transitions, besides {@code at} and {@code release} of what is
 * released already, which change nothing. A grant or renewal that ends no later than now, and the
 * renewal of what is not leased, are programming errors: whoever holds a lease refuses a late
 * message before it gets here.
 */
public sealed interface Lease {
    /** Nothing is borrowed. */
    static Lease released() {
        return new Released();
    }

    /** The state after a grant of {@code value} until {@code untilNanos}, replacing any other. */
    default Leased grant(long value, long untilNanos, long nowNanos) {
        if (untilNanos - nowNanos <= 0) {
            throw new IllegalArgumentException("a lease ends after it begins");
        }
        return new Leased(value, untilNanos);
    }

    /** The same value until {@code untilNanos}, or until the present end if that is later. */
    Leased renew(long untilNanos, long nowNanos);

    /** The state as time passes: released once the end is reached. */
    Lease at(long nowNanos);

    /** The state after giving back. */
    default Lease release() {
        return released();
    }

    /** Whether it is borrowed at this time. */
    default boolean isLeased(long nowNanos) {
        return at(nowNanos) instanceof Leased;
    }

    /** What is borrowed, or 0 for nothing. */
    long value();

    /** Nothing is borrowed. */
    record Released() implements Lease {
        @Override
        public Leased renew(long untilNanos, long nowNanos) {
            throw new IllegalStateException("only what is leased can be renewed");
        }

        @Override
        public Lease at(long nowNanos) {
            return this;
        }

        @Override
        public long value() {
            return 0;
        }
    }

    /**
     * Borrowed.
     *
     * @param value what: MHz of a clock, µs of a pace; positive, since 0 is what "released" means
     * @param untilNanos when it goes back
     */
    record Leased(long value, long untilNanos) implements Lease {
        public Leased {
            if (value <= 0) {
                throw new IllegalArgumentException("a leased value is positive, got " + value);
            }
        }

        @Override
        public Leased renew(long untilNanos, long nowNanos) {
            if (!isLeased(nowNanos)) {
                throw new IllegalStateException("a lease that has ended cannot be renewed");
            }
            return untilNanos - this.untilNanos > 0 ? grant(value, untilNanos, nowNanos) : this;
        }

        @Override
        public Lease at(long nowNanos) {
            return nowNanos - untilNanos < 0 ? this : released();
        }

        /** How long it holds from now; 0 or less once it has ended. */
        public long remainingNanos(long nowNanos) {
            return untilNanos - nowNanos;
        }
    }
}
