package dev.lowgear.infrastructure.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.postgres.PostgresServer;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tests share under the profile runs in containers and keeps the promises of the embedded. */
class SharedContainersTest {
    @Test
    void theBrokerIsAContainerWithoutTopicsOfItsOwn() throws Exception {
        var broker = KafkaBroker.shared();
        assertThat(broker).isNotInstanceOf(KafkaBroker.class);
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("nobody")).allTopicNames().get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            var topic = new NewTopic("somebody", Optional.of(2), Optional.empty());
            admin.createTopics(List.of(topic)).all().get();
            assertThat(admin.listTopics().names().get()).contains("somebody");
        }
    }

    @Test
    void databasesAreMadeOnce() throws Exception {
        var databases = PostgresServer.shared();
        assertThat(databases).isNotInstanceOf(PostgresServer.class);
        var url = databases.createDatabase("made_once");
        assertThat(databases.createDatabase("made_once")).isEqualTo(url);
        try (var connection =
                        DriverManager.getConnection(
                                url, databases.username(), databases.password());
                var statement = connection.createStatement();
                var version = statement.executeQuery("SHOW server_version")) {
            assertThat(version.next()).isTrue();
            assertThat(version.getString(1)).startsWith(PostgresInContainer.IMAGE.substring(9));
        }
    }
}
