package dev.lowgear.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.Seeds;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

class EventStreamTest {
    private static final String CHUNKS =
            """
            data: {"choices":[{"delta":{"content":"\\"usage\\":null}"}}],"usage":null}

            : keep-alive

            data: {"choices":[{"delta":{"content":"Grüße 😀"}}],"usage":null}\r
            \r
            data: {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}

            data: [DONE]

            """;
    private static final String STRIPPED =
            """
            data: {"choices":[{"delta":{"content":"\\"usage\\":null}"}}]}

            : keep-alive

            data: {"choices":[{"delta":{"content":"Grüße 😀"}}]}\r
            \r
            data: [DONE]

            """;

    @Seeds
    void isTheSameHoweverTheBytesArrive(SplittableRandom random) throws IOException {
        EventStream kept = new EventStream(false);
        assertThat(relay(kept, CHUNKS, random)).isEqualTo(CHUNKS);
        EventStream stripped = new EventStream(true);
        assertThat(relay(stripped, CHUNKS, random)).isEqualTo(STRIPPED);
        for (EventStream stream : new EventStream[] {kept, stripped}) {
            assertThat(stream.isDone()).isTrue();
            assertThat(stream.hasFailed()).isFalse();
            assertThat(stream.usage()).isEqualTo(new EventStream.Usage(3, 2));
        }
    }

    @Test
    void keepsAnUnfinishedEventBack() throws IOException {
        EventStream stream = new EventStream(false);
        assertThat(relay(stream, "data: 1\n\ndata: {\"ha", new SplittableRandom(1)))
                .isEqualTo("data: 1\n\n");
        assertThat(stream.isDone()).isFalse();
    }

    @Test
    void noticesAnErrorEvent() throws IOException {
        EventStream stream = new EventStream(true);
        String error = "data: {\"error\":{\"message\":\"gone\"}}\n\n";
        assertThat(relay(stream, error, new SplittableRandom(1))).isEqualTo(error);
        assertThat(stream.hasFailed()).isTrue();
    }

    @Test
    void takesAnEventLargerThanItsBuffer() throws IOException {
        String large = "data: {\"choices\":[\"" + "x".repeat(100_000) + "\"]}\n\n";
        assertThat(relay(new EventStream(true), large, new SplittableRandom(1))).isEqualTo(large);
    }

    @Test
    void refusesAnEventThatNeverEnds() {
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 'x';
                    }
                };
        EventStream stream = new EventStream(false);
        assertThatThrownBy(
                        () -> {
                            while (stream.fill(endless)) {
                                stream.drainTo(OutputStreamOfNothing.INSTANCE);
                            }
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("an event of more than");
    }

    private static final class OutputStreamOfNothing extends java.io.OutputStream {
        static final OutputStreamOfNothing INSTANCE = new OutputStreamOfNothing();

        @Override
        public void write(int b) {
            throw new AssertionError("nothing is whole yet");
        }
    }

    private static String relay(EventStream stream, String text, SplittableRandom random)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream in =
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public synchronized int read(byte[] buffer, int offset, int length) {
                        return super.read(buffer, offset, Math.min(length, random.nextInt(1, 60)));
                    }
                };
        while (stream.fill(in)) {
            stream.drainTo(out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
