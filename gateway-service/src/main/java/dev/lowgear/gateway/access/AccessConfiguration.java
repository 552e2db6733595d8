package dev.lowgear.gateway.access;

import dev.lowgear.gateway.UnsafeBindingException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;

import javax.sql.DataSource;

/** Puts the gate in front of both APIs, and refuses to open to the network without keys. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    @Bean
    Access access(ServerProperties server, AccessProperties properties) {
        InetAddress address = server.getAddress();
        return new Access(
                address != null && address.isLoopbackAddress(),
                KeyBook.of(properties.keys().stream().map(AccessProperties.Key::known).toList()));
    }

    @Bean(initMethod = "start")
    KeyRefresh keyRefresh(
            DataSource database, ApiKeys keys, Access access, AccessProperties properties) {
        return new KeyRefresh(
                new DatabaseKeys(database, keys),
                new RememberedKeys(properties.rememberedIn()),
                access,
                properties.refresh());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bindingGuard(
            ServerProperties server, Access access, ObjectProvider<KeyRefresh> keys) {
        return factory -> {
            InetAddress address = server.getAddress();
            if (access.hasKeys() || (address != null && address.isLoopbackAddress())) {
                return;
            }
            keys.getObject().refresh();
            if (!access.hasKeys()) {
                throw new UnsafeBindingException(
                        address == null ? "every address" : address.getHostAddress());
            }
        };
    }

    @Bean
    WebMvcConfigurer gate(Access access) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new Gate(access)).addPathPatterns("/v1/**", "/api/**");
            }
        };
    }

    /** Reads every key; brings the schema up to date first, as soon as the database answers. */
    private static final class DatabaseKeys implements Supplier<List<KnownKey>> {
        private final DataSource database;
        private final ApiKeys keys;
        private boolean migrated;

        DatabaseKeys(DataSource database, ApiKeys keys) {
            this.database = database;
            this.keys = keys;
        }

        @Override
        public List<KnownKey> get() {
            if (!migrated) {
                Flyway.configure()
                        .dataSource(database)
                        .locations("classpath:db/gateway")
                        .load()
                        .migrate();
                migrated = true;
            }
            return keys.findAllByOrderByCreatedAt().stream().map(ApiKey::known).toList();
        }
    }

    /** Establishes who calls before any controller runs. */
    private record Gate(Access access) implements HandlerInterceptor {
        @Override
        public boolean preHandle(
                HttpServletRequest request, HttpServletResponse response, Object handler) {
            Caller caller =
                    access.authenticate(
                            request.getHeader("authorization"), request.getHeader("origin"));
            caller.require(needed(request));
            caller.attachTo(request);
            return true;
        }

        private static Role needed(HttpServletRequest request) {
            String path = // the pattern that matched: spellings of a path must not differ in rights
                    String.valueOf(
                            request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
            if (!path.startsWith("/api/")) {
                return Role.USER;
            }
            if (path.startsWith("/api/v1/tenants") || path.startsWith("/api/v1/keys")) {
                return Role.ADMIN;
            }
            return HttpMethod.GET.matches(request.getMethod()) ? Role.VIEWER : Role.OPERATOR;
        }
    }
}
