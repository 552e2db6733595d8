package dev.lowgear.model.fleet;

import dev.lowgear.model.broker.DeadLetterPublisher;
import dev.lowgear.model.broker.Received;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.List;
import java.util.function.Consumer;

@Configuration(proxyBeanMethods = false)
class FleetConfiguration {
    @Bean
    Engines engines() {
        return new Engines();
    }

    @Bean
    Consumer<List<Received>> inventory(Engines engines, DeadLetterPublisher deadLetters) {
        InventoryListener listener = new InventoryListener(engines, deadLetters);
        return listener::receive;
    }
}
