package dev.lowgear.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Guards the wire: a changed golden file is a changed contract. {@code -Dgolden.write=true} writes
 * them anew.
 */
class GoldenSamplesTest {
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Stream<Map.Entry<String, Object>> samples() {
        return Samples.all().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writesEveryRecordAsItsGoldenFileSays(Map.Entry<String, Object> sample) throws IOException {
        JsonNode written = PRETTY.readTree(MessageCodec.encode(sample.getValue()));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(
                    Path.of("src/test/resources/golden", sample.getKey() + ".v1.json"),
                    PRETTY.writeValueAsString(written) + "\n");
        }
        assertThat(written).isEqualTo(golden(sample.getKey()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsEveryGoldenFileBackIntoTheSameBytes(Map.Entry<String, Object> sample) {
        byte[] bytes = PRETTY.writeValueAsBytes(golden(sample.getKey()));
        Object read = MessageCodec.decode(bytes, sample.getValue().getClass());
        assertThat(MessageCodec.encode(read)).isEqualTo(MessageCodec.encode(sample.getValue()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void ignoresFieldsItDoesNotKnow(Map.Entry<String, Object> sample) {
        ObjectNode newer = (ObjectNode) golden(sample.getKey());
        newer.put("addedByALaterVersion", 42);
        Object read =
                MessageCodec.decode(PRETTY.writeValueAsBytes(newer), sample.getValue().getClass());
        assertThat(MessageCodec.encode(read)).isEqualTo(MessageCodec.encode(sample.getValue()));
    }

    @Test
    void keepsWhatWasNotMeasuredAbsentInsteadOfZero() {
        JsonNode sampled = golden("iteration-telemetry-sampled");
        assertThat(sampled.has("busyMillijoules")).isFalse();
        assertThat(sampled.has("restMicros")).isFalse();
    }

    @Test
    void refusesAMissingNumberInsteadOfReadingZero() {
        ObjectNode incomplete = (ObjectNode) golden("iteration-telemetry");
        incomplete.remove("busyMicros");
        byte[] bytes = PRETTY.writeValueAsBytes(incomplete);
        assertThatThrownBy(() -> MessageCodec.decode(bytes, IterationTelemetry.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("busyMicros");
    }

    @Test
    void saysWhatIsWrongWithBytesThatAreNoMessage() {
        assertThatThrownBy(() -> MessageCodec.decode(new byte[] {'{', 1}, PowerWindow.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageStartingWith("PowerWindow: ");
        assertThatThrownBy(() ->
                        MessageCodec.decode(
                                "null".getBytes(StandardCharsets.UTF_8), AgentInventory.class))
                .isInstanceOf(UnreadableMessageException.class);
        assertThatThrownBy(() ->
                        MessageCodec.decode(
                                "{\"type\":\"brake\"}".getBytes(StandardCharsets.UTF_8),
                                DirectiveMessage.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("brake");
    }

    @Test
    void carriesAnObservationUnchangedThroughTheWire() {
        byte[] bytes = MessageCodec.encode(Samples.projection());
        assertThat(MessageCodec.decode(bytes, EngineProjection.class).toCore())
                .isEqualTo(Samples.observation());
    }

    @Test
    void keepsAProjectionOfSixteenSegmentsWithinOneAndAHalfKilobytes() {
        // the design's budget for the hot path's largest record
        assertThat(MessageCodec.encode(Samples.projection()).length).isLessThan(1536);
    }

    static JsonNode golden(String name) {
        String resource = "/golden/" + name + ".v1.json";
        try (InputStream in = GoldenSamplesTest.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("no golden file " + resource);
            }
            return PRETTY.readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
