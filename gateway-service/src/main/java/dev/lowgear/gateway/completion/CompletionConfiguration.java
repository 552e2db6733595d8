package dev.lowgear.gateway.completion;

import dev.lowgear.contract.RequestEvent;
import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.agent.AgentClient;
import dev.lowgear.gateway.dispatch.Pools;
import dev.lowgear.gateway.fleet.Fleet;
import dev.lowgear.gateway.slo.Policies;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/** Wires what completions need, and counts them. */
@Configuration(proxyBeanMethods = false)
class CompletionConfiguration {
    @Bean
    InstantSource wallClock() {
        return InstantSource.system();
    }

    @Bean
    AgentClient agentClient(GatewayProperties properties) {
        return new AgentClient(properties.timeouts());
    }

    @Bean
    CompletionServices completionServices(
            GatewayProperties settings,
            Fleet fleet,
            Policies policies,
            Pools pools,
            AgentClient agents,
            Consumer<RequestEvent> journal,
            MeterRegistry meters,
            InstantSource wallClock) {
        return new CompletionServices(
                settings,
                fleet,
                policies,
                pools,
                agents,
                journal,
                new RegistryMeter(meters),
                wallClock);
    }

    /** Models are served models only, so labels are bounded by the fleet. */
    private record RegistryMeter(MeterRegistry meters) implements RequestMeter {
        private static final Duration SHORTEST = Duration.ofMillis(1);
        private static final Duration LONGEST = Duration.ofMinutes(1);

        @Override
        public void ended(String model, Outcome outcome) {
            counter("lowgear.gateway.requests", model, "outcome", outcome.name()).increment();
        }

        @Override
        public void started(String model, Duration waited) {
            timer("lowgear.gateway.wait", model).record(waited);
        }

        @Override
        public void firstByte(String model, Duration sinceArrival) {
            timer("lowgear.gateway.first.byte", model).record(sinceArrival);
        }

        @Override
        public void tokens(String model, int prompt, int completion) {
            counter("lowgear.gateway.tokens", model, "kind", "prompt").increment(prompt);
            counter("lowgear.gateway.tokens", model, "kind", "completion").increment(completion);
        }

        private Counter counter(String name, String model, String tag, String value) {
            return meters.counter(name, "model", model, tag, value.toLowerCase(Locale.ROOT));
        }

        private Timer timer(String name, String model) {
            return Timer.builder(name)
                    .tag("model", model)
                    .publishPercentileHistogram()
                    .minimumExpectedValue(SHORTEST)
                    .maximumExpectedValue(LONGEST)
                    .register(meters);
        }
    }
}
