package dev.lowgear.scheduler.loop;

import dev.lowgear.core.control.ControlPlane;
import dev.lowgear.core.control.EngineControl;
import dev.lowgear.core.control.PriorModels;
import dev.lowgear.scheduler.SchedulerProperties;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LoopConfiguration {
    @Bean
    Inbox inbox(SchedulerProperties properties) {
        return new Inbox(properties.engines());
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    ControlLoop controlLoop(
            SchedulerProperties properties,
            PriorModels priors,
            Inbox inbox,
            AnswerSink sink,
            LoopMeter meter) {
        var plane =
                new ControlPlane(
                        new EngineControl(properties.policy(), properties.timing()),
                        properties.timing(),
                        priors,
                        properties.gate(),
                        properties.seed());
        return new ControlLoop(
                plane,
                inbox,
                sink,
                meter,
                properties.tickEvery(),
                properties.saveEvery(),
                System::nanoTime);
    }

    /** Part of readiness: a scheduler whose loop has ended decides nothing. */
    @Bean
    HealthIndicator controlLoopHealthIndicator(ControlLoop loop) {
        return () ->
                (loop.isAlive() ? Health.up() : Health.down())
                        .withDetail("engines", loop.engines().size())
                        .build();
    }
}
