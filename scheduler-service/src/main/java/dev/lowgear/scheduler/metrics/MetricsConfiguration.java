package dev.lowgear.scheduler.metrics;

import dev.lowgear.core.control.EngineView;
import dev.lowgear.scheduler.broker.DeadLetterPublisher;
import dev.lowgear.scheduler.fleet.AgentDirectory;
import dev.lowgear.scheduler.loop.ControlLoop;
import dev.lowgear.scheduler.loop.Inbox;
import dev.lowgear.scheduler.shard.Shards;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

import java.util.ArrayList;
import java.util.List;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {
    @Bean
    MetricsPublisher metricsPublisher(MeterRegistry registry) {
        return new MetricsPublisher(registry);
    }

    @Bean
    MeterBinder schedulerGauges(
            Inbox inbox, Shards shards, AgentDirectory agents, DeadLetterPublisher deadLetters) {
        return registry -> {
            Gauge.builder("lowgear.scheduler.shards", shards, Shards::size)
                    .description("Shards assigned to this scheduler")
                    .register(registry);
            Gauge.builder("lowgear.scheduler.agents", agents, AgentDirectory::size)
                    .description("Agents that announced themselves")
                    .register(registry);
            FunctionCounter.builder("lowgear.scheduler.inbox.conflated", inbox, Inbox::conflated)
                    .description("Observations replaced by a newer one before a decision")
                    .register(registry);
            FunctionCounter.builder("lowgear.scheduler.inbox.dropped", inbox, Inbox::dropped)
                    .description("Observations dropped because too many engines waited")
                    .register(registry);
            FunctionCounter.builder(
                            "lowgear.scheduler.dead.letters",
                            deadLetters,
                            DeadLetterPublisher::published)
                    .description("Records nobody could read")
                    .register(registry);
        };
    }

    @Bean
    EngineGauges engineGauges(MeterRegistry registry, ControlLoop loop) {
        return new EngineGauges(registry, loop);
    }

    /** One row per engine under control; rows of engines that left disappear. */
    static final class EngineGauges {
        private final ControlLoop loop;
        private final MultiGauge wantedMhz;
        private final MultiGauge inForceMhz;
        private final MultiGauge attainment;

        EngineGauges(MeterRegistry registry, ControlLoop loop) {
            this.loop = loop;
            this.wantedMhz =
                    MultiGauge.builder("lowgear.engine.clock.wanted")
                            .description("Clock last decided")
                            .baseUnit("megahertz")
                            .register(registry);
            this.inForceMhz =
                    MultiGauge.builder("lowgear.engine.clock.in.force")
                            .description("Clock the agent reports; 0 is the default clock")
                            .baseUnit("megahertz")
                            .register(registry);
            this.attainment =
                    MultiGauge.builder("lowgear.policy.attainment")
                            .description("Share of requests that met all their targets")
                            .register(registry);
        }

        @Scheduled(fixedDelay = 1_000)
        void refresh() {
            List<MultiGauge.Row<?>> wanted = new ArrayList<>();
            List<MultiGauge.Row<?>> inForce = new ArrayList<>();
            List<MultiGauge.Row<?>> attained = new ArrayList<>();
            for (EngineView view : loop.engines()) {
                String engine = view.engine().id().value();
                var tags = Tags.of("engine", engine);
                wanted.add(
                        MultiGauge.Row.of(
                                tags, view.answered().decision().choice().gear().clockMhz()));
                inForce.add(
                        MultiGauge.Row.of(
                                tags, view.answered().input().observation().gear().clockMhz()));
                view.answered().decision().next().tallies().stream()
                        .filter(tally -> tally.finished() > 0)
                        .forEach(tally ->
                                attained.add(
                                        MultiGauge.Row.of(
                                                Tags.of("engine", engine, "policy", tally.policy()),
                                                1 - tally.missed() / tally.finished())));
            }
            wantedMhz.register(wanted, true);
            inForceMhz.register(inForce, true);
            attainment.register(attained, true);
        }
    }
}
