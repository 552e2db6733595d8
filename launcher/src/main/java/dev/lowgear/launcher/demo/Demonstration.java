package dev.lowgear.launcher.demo;

import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.launcher.admin.AgentClient;
import dev.lowgear.launcher.admin.GatewayClient;
import dev.lowgear.launcher.admin.ModelClient;
import dev.lowgear.launcher.admin.PolicyClient;
import dev.lowgear.launcher.chat.ChatClient;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.StackPorts;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One comparison on a running system. */
public final class Demonstration {
    private static final String STANDARD = "standard";
    private static final String CONTROL = "control";
    private static final Duration SERVING_WITHIN = Duration.ofMinutes(1);
    private static final Duration DRAW_EVERY = Duration.ofSeconds(1);

    /** Energy counters move in steps of a second: watts are shown over several. */
    private static final int DRAWS_AVERAGED = 5;

    private final AgentClient agent;
    private final GatewayClient gateway;
    private final PolicyClient policies;
    private final ModelClient models;
    private final ChatClient chat;
    private final DemoSetup setup;
    private final LiveTable table;
    private final PrintWriter out;

    /** Prepares a comparison on the system that listens on the ports. */
    public Demonstration(StackPorts ports, DemoSetup setup, PrintWriter out, boolean terminal) {
        agent = new AgentClient(ports.url(Endpoint.AGENT));
        gateway = new GatewayClient(ports.url(Endpoint.GATEWAY));
        policies = new PolicyClient(ports.url(Endpoint.GATEWAY));
        models = new ModelClient(ports.url(Endpoint.GATEWAY));
        chat = new ChatClient(ports.url(Endpoint.GATEWAY));
        this.setup = setup;
        table = new LiveTable(out, terminal);
        this.out = out;
    }

    /** Creates the control's policy, sends the trace, and says what came of it. */
    public DemoSummary run() throws IOException, InterruptedException {
        var standard = await("policy " + STANDARD, () -> policies.find(STANDARD));
        policies.createControl(CONTROL, setup.controlModel(), standard);
        await("both models", this::servingBoth);
        await("the control at its maximum clock", this::controlAtMaximum);
        var targets = targets(standard);
        var governed = new ClientTally(targets);
        var control = new ClientTally(targets);
        var before = await("both engines", this::pair);
        long begin = System.nanoTime();
        send(governed, control, before, begin);
        var after = await("both engines", this::pair);
        double seconds = (System.nanoTime() - begin) / 1e9;
        tellFailures("governed", governed.seen());
        tellFailures("control", control.seen());
        var governedSide =
                side(new Observation(before.governed(), after.governed()), governed.seen());
        var controlSide = side(new Observation(before.control(), after.control()), control.seen());
        return new DemoSummary(
                seconds,
                setup.trace().requests().size(),
                targets,
                governedSide,
                controlSide,
                100 * (1 - governedSide.joules() / controlSide.joules()),
                learned().orElse(null));
    }

    private void tellFailures(String name, ClientTally.Seen seen) {
        if (seen.failed() > 0) {
            out.printf("%s: %d requests failed: %s%n", name, seen.failed(), seen.failures());
        }
    }

    private void send(ClientTally governed, ClientTally control, Pair before, long begin)
            throws InterruptedException {
        var traffic =
                new Traffic(
                        chat,
                        setup.trace().requests(),
                        List.of(
                                new Traffic.Destination(setup.governedModel(), governed),
                                new Traffic.Destination(setup.controlModel(), control)));
        var sending =
                new FutureTask<@Nullable Void>(() -> {
                    traffic.run();
                    return null;
                });
        var sender = Thread.ofPlatform().name("traffic").start(sending);
        var recent = new ArrayDeque<Pair>(List.of(before));
        try {
            while (!isDone(sending)) {
                var now = pair();
                if (now.isPresent()) {
                    draw(before, recent.getFirst(), now.get(), governed, control, begin);
                    recent.addLast(now.get());
                    if (recent.size() > DRAWS_AVERAGED) {
                        recent.removeFirst();
                    }
                }
            }
        } finally {
            sender.interrupt();
        }
    }

    private static boolean isDone(FutureTask<?> sending) throws InterruptedException {
        try {
            sending.get(DRAW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not send the trace", e.getCause());
        }
    }

    private void draw(
            Pair first,
            Pair last,
            Pair now,
            ClientTally governed,
            ClientTally control,
            long begin) {
        var rows = new ArrayList<LiveTable.Row>();
        rows.add(
                new LiveTable.Row(
                        "governed",
                        new Observation(last.governed(), now.governed()),
                        new Observation(first.governed(), now.governed()),
                        governed.progress()));
        rows.add(
                new LiveTable.Row(
                        "control",
                        new Observation(last.control(), now.control()),
                        new Observation(first.control(), now.control()),
                        control.progress()));
        table.draw(
                (System.nanoTime() - begin) / 1e9,
                setup.length().toMillis() / 1e3,
                setup.trace().requests().size(),
                rows,
                learned()
                        .map(model ->
                                "version %d, off by %.1f %% (untrained %.1f %%)"
                                        .formatted(
                                                model.version(),
                                                100 * model.mape(),
                                                100 * model.priorMape()))
                        .orElse("none yet"));
    }

    private Optional<DemoSummary.LearnedModel> learned() {
        return models.inForce(setup.governedModel())
                .map(model ->
                        new DemoSummary.LearnedModel(
                                model.r2(),
                                model.mape(),
                                model.priorMape(),
                                model.samples(),
                                model.version()));
    }

    private static DemoSummary.Side side(Observation engine, ClientTally.Seen seen) {
        return new DemoSummary.Side(
                engine.joules(),
                seen.tokens(),
                seen.tokens() == 0 ? 0 : engine.joules() / seen.tokens(),
                seen.attainment(),
                seen.ttftP99Ms(),
                seen.gapP99Ms(),
                seen.e2eP99Ms(),
                engine.meanClockMhz(),
                engine.directives());
    }

    private static Targets targets(SloPolicyMessage policy) {
        return new Targets(
                toDouble(policy.ttftMillis()),
                toDouble(policy.tbtMeanMillis()),
                toDouble(policy.tbtTailMillis()),
                toDouble(policy.e2eMillis()),
                policy.attainment());
    }

    private static @Nullable Double toDouble(@Nullable Long millis) {
        return millis == null ? null : (Double) millis.doubleValue();
    }

    /** Both engines at one instant. */
    private record Pair(AgentClient.Engine governed, AgentClient.Engine control) {}

    private Optional<Pair> pair() {
        try {
            var engines = agent.engines();
            var governed = of(engines, setup.governedModel());
            var control = of(engines, setup.controlModel());
            return governed.isPresent() && control.isPresent()
                    ? Optional.of(new Pair(governed.get(), control.get()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // asked again
        }
    }

    private Optional<Pair> controlAtMaximum() {
        int maximum = setup.profile().gpu().clocks().highest();
        return pair().filter(pair -> pair.control().measuredClockMhz() >= maximum);
    }

    private static Optional<AgentClient.Engine> of(List<AgentClient.Engine> engines, String model) {
        return engines.stream().filter(engine -> engine.servedModel().equals(model)).findFirst();
    }

    private Optional<List<String>> servingBoth() throws IOException {
        return Optional.of(gateway.models())
                .filter(served ->
                        served.containsAll(List.of(setup.governedModel(), setup.controlModel())));
    }

    /** A question that may have no answer yet. */
    private interface Question<T> {
        Optional<T> ask() throws IOException;
    }

    private static <T> T await(String what, Question<T> question) throws InterruptedException {
        long deadline = System.nanoTime() + SERVING_WITHIN.toNanos();
        var last = "no answer yet";
        while (System.nanoTime() < deadline) {
            try {
                var answer = question.ask();
                if (answer.isPresent()) {
                    return answer.get();
                }
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
            Pause.briefly();
        }
        throw new ChildProcessException(
                "%s did not appear within %s: %s".formatted(what, SERVING_WITHIN, last));
    }
}
