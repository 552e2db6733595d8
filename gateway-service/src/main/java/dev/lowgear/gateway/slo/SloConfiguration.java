package dev.lowgear.gateway.slo;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The policies in force. */
@Configuration(proxyBeanMethods = false)
class SloConfiguration {
    @Bean
    Policies policies(MeterRegistry meters) {
        Policies policies = new Policies();
        Gauge.builder("lowgear.gateway.policies", policies, known -> known.now().size())
                .description("SLO policies read")
                .register(meters);
        return policies;
    }
}
