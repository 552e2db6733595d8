package dev.lowgear.model;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Binds properties as the shipped application.yml has them, some of them overridden. */
public final class ShippedConfiguration {
    private ShippedConfiguration() {}

    public static <T> T bind(String prefix, Class<T> type, Map<String, Object> overridden) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new MapPropertySource("overridden", overridden));
        try {
            new YamlPropertySourceLoader()
                    .load("shipped", new ClassPathResource("application.yml"))
                    .forEach(sources::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(prefix, Bindable.of(type))
                .get();
    }
}
