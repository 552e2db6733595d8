package dev.lowgear.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps the published document and the records in step. */
class AsyncApiTest {
    private final JsonNode document = read();

    @Test
    void describesEveryTopicAndNoOther() {
        Set<String> described = new TreeSet<>();
        document.get("channels")
                .forEach(channel -> described.add(channel.get("address").asString()));
        assertThat(described)
                .isEqualTo(
                        Topics.all().stream()
                                .map(Topics::topic)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    static Stream<Class<?>> records() {
        return Samples.all().values().stream().<Class<?>>map(Object::getClass).distinct();
    }

    @ParameterizedTest
    @MethodSource("records")
    void describesEveryFieldOfEveryRecord(Class<?> record) {
        Set<String> fields =
                Arrays.stream(record.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        JsonNode schema = document.at("/components/schemas/" + record.getSimpleName());
        Set<String> described = new TreeSet<>();
        schema.get("properties").propertyNames().forEach(described::add);
        described.remove("type");
        assertThat(described).isEqualTo(fields);
    }

    @Test
    void refersOnlyToWhatItDefines() {
        document.findValuesAsString("$ref")
                .forEach(reference ->
                        assertThat(document.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    private static JsonNode read() {
        try (InputStream in = MessageCodec.class.getResourceAsStream("asyncapi.yaml")) {
            return YAMLMapper.builder().build().readTree(in.readAllBytes());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
