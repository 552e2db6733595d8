package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.FixedClock;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.LeastEnergyGear;
import dev.lowgear.core.gear.LowestFeasibleClock;
import dev.lowgear.core.gear.MaximumClock;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every policy that can be simulated, by the name it is asked for. Where a name may end in {@code
 * [:<lengths>]} the policy can be given lengths of its own ({@link LengthSource}), so that one run
 * compares it with others that must learn theirs.
 */
public final class Policies {
    private static final double MEDIAN = .5;

    /** throttLL'eM plans with inflated lengths: too long rather than too short (§3.3). */
    private static final double INFLATED = .9;

    private static final String CLOCK = "([1-9]\\d{0,4})";
    private static final String LENGTHS = "(?::(learned|oracle|noisy:.*))?";

    /**
     * How one kind of policy is written.
     *
     * @param form for people, with parameters in angle brackets
     * @param pattern what matches it, a group for each parameter
     * @param factory from the match, what makes one for a run
     */
    private record Kind(String form, Pattern pattern, Function<Matcher, PolicyFactory> factory) {
        Kind(String form, String pattern, Function<Matcher, PolicyFactory> factory) {
            this(form, Pattern.compile(pattern), factory);
        }

        /** One that plans with a quantile of the lengths. */
        static Kind planning(String name, double quantile, Function<RunContext, GearPolicy> maker) {
            return new Kind(name, name, match -> Named.planning(name, quantile, maker));
        }

        /** One that does not look ahead. */
        static Kind blind(String name, Function<RunContext, GearPolicy> maker) {
            return new Kind(name, name, match -> Named.blind(name, maker));
        }

        /** One that plans with inflated points of lengths that may be its own. */
        static Kind inflating(String name, Function<RunContext, GearPolicy> maker) {
            return new Kind(
                    name + "[:<lengths>]",
                    name + LENGTHS,
                    match ->
                            new Named(
                                    match.group(),
                                    MEDIAN,
                                    Optional.ofNullable(match.group(1)).map(LengthSource::parse),
                                    true,
                                    true,
                                    maker));
        }
    }

    private record Named(
            String name,
            double lengthQuantile,
            Optional<LengthSource> lengths,
            boolean inflatesLengths,
            boolean looksAhead,
            Function<RunContext, GearPolicy> maker)
            implements PolicyFactory {
        static Named planning(
                String name, double quantile, Function<RunContext, GearPolicy> maker) {
            return new Named(name, quantile, Optional.empty(), false, true, maker);
        }

        static Named blind(String name, Function<RunContext, GearPolicy> maker) {
            return new Named(name, MEDIAN, Optional.empty(), false, false, maker);
        }

        @Override
        public GearPolicy create(RunContext context) {
            return maker.apply(context);
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    Kind.blind("maximum-clock", context -> new MaximumClock()),
                    new Kind(
                            "fixed-clock:<MHz>",
                            "fixed-clock:" + CLOCK,
                            match ->
                                    Named.blind(
                                            match.group(),
                                            context -> new FixedClock(megahertz(match)))),
                    Kind.planning("throttllem", INFLATED, context -> new LowestFeasibleClock()),
                    Kind.planning("lowgear", MEDIAN, context -> new LeastEnergyGear(true)),
                    Kind.planning(
                            "lowgear-clock-only", MEDIAN, context -> new LeastEnergyGear(false)),
                    new Kind(
                            "fixed-clock-idle:<MHz>",
                            "fixed-clock-idle:" + CLOCK,
                            match ->
                                    Named.blind(
                                            match.group(),
                                            context -> new FixedClockIdle(megahertz(match)))),
                    Kind.inflating(
                            "throttllem-paper", context -> PublishedThrottllem.asPublished()),
                    Kind.inflating(
                            "throttllem-servo",
                            context -> PublishedThrottllem.reaching(context.slo().attainment())),
                    Kind.planning("eco-freq", MEDIAN, context -> EcoFreq.tuned()),
                    Kind.planning("mpc-4", MEDIAN, context -> FourStepMpc.ofEnergy()),
                    Kind.planning("mpc-4-power", MEDIAN, context -> FourStepMpc.ofPower()),
                    Kind.planning("pid", MEDIAN, context -> SlackPid.tuned()),
                    Kind.blind("bandit", context -> new ClockBandit(context.seed())));

    private Policies() {}

    private static int megahertz(Matcher match) {
        return Integer.parseInt(match.group(1));
    }

    /**
     * The policy of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static PolicyFactory parse(String name) {
        for (Kind kind : KINDS) {
            Matcher match = kind.pattern().matcher(name);
            if (match.matches()) {
                return kind.factory().apply(match);
            }
        }
        throw new IllegalArgumentException(
                "unknown gear policy '"
                        + name
                        + "'; there are "
                        + forms().stream().collect(Collectors.joining(", ")));
    }

    /** How policies are written, parameters in angle brackets. */
    public static List<String> forms() {
        return KINDS.stream().map(Kind::form).toList();
    }
}
