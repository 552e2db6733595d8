package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.FixedClock;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.LowestFeasibleClock;
import dev.lowgear.core.gear.MaximumClock;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every policy that can be simulated, by the name it is asked for. */
public final class Policies {
    private static final double MEDIAN = .5;

    /** throttLL'eM plans with inflated lengths: too long rather than too short (§3.3). */
    private static final double INFLATED = .9;

    /**
     * How one kind of policy is written.
     *
     * @param form for people, with parameters in angle brackets
     * @param pattern what matches it, a group for each parameter
     * @param lengthQuantile see {@link PolicyFactory#lengthQuantile}
     * @param policies from the match, what makes one for a run
     */
    private record Kind(
            String form,
            Pattern pattern,
            double lengthQuantile,
            Function<Matcher, Function<RunContext, GearPolicy>> policies) {
        static Kind named(
                String name, double lengthQuantile, Function<RunContext, GearPolicy> policies) {
            return new Kind(
                    name, Pattern.compile(Pattern.quote(name)), lengthQuantile, match -> policies);
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    Kind.named("maximum-clock", MEDIAN, context -> new MaximumClock()),
                    new Kind(
                            "fixed-clock:<MHz>",
                            Pattern.compile("fixed-clock:([1-9]\\d{0,4})"),
                            MEDIAN,
                            match -> {
                                var fixed = new FixedClock(Integer.parseInt(match.group(1)));
                                return context -> fixed;
                            }),
                    Kind.named("throttllem", INFLATED, context -> new LowestFeasibleClock()));

    private record Named(
            String name, double lengthQuantile, Function<RunContext, GearPolicy> policies)
            implements PolicyFactory {
        @Override
        public GearPolicy create(RunContext context) {
            return policies.apply(context);
        }
    }

    private Policies() {}

    /**
     * The policy of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static PolicyFactory parse(String name) {
        for (Kind kind : KINDS) {
            Matcher match = kind.pattern().matcher(name);
            if (match.matches()) {
                return new Named(name, kind.lengthQuantile(), kind.policies().apply(match));
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
