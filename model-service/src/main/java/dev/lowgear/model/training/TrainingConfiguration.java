package dev.lowgear.model.training;

import dev.lowgear.model.fleet.Engines;
import dev.lowgear.model.registry.RegistryStore;
import dev.lowgear.model.registry.TablePublisher;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

import javax.sql.DataSource;

@Configuration(proxyBeanMethods = false)
class TrainingConfiguration {
    @Bean
    SampleStore sampleStore(DataSource dataSource, TrainingProperties properties) {
        return new SampleStore(dataSource, properties.maximumSamples());
    }

    @Bean
    TrainingSchedule trainingSchedule(
            SampleStore samples,
            Engines engines,
            RegistryStore registry,
            TablePublisher publisher,
            TrainingProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        QualityGate gate =
                new QualityGate(
                        properties.minimumR2(),
                        properties.maximumMape(),
                        properties.maximumRegression());
        return new TrainingSchedule(
                samples,
                new Training(samples, engines, registry, gate, properties.window(), clock),
                new DueRule(
                        properties.firstAfter(), properties.every(), properties.minimumSamples()),
                registry::lastTraining,
                reportingTo(meters, publisher),
                clock);
    }

    private static Consumer<Training.Outcome> reportingTo(
            MeterRegistry meters, TablePublisher publisher) {
        return outcome -> {
            if (outcome instanceof Training.Outcome.Trained trained) {
                String state = trained.state().name().toLowerCase(Locale.ROOT);
                meters.timer("lowgear.training", "state", state).record(trained.trained().took());
                publisher.publish();
            }
        };
    }

    /** Training begins when the service is ready. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> trainingStart(
            TrainingSchedule schedule, TrainingProperties properties) {
        return ready -> schedule.start(properties.lookEvery());
    }
}
