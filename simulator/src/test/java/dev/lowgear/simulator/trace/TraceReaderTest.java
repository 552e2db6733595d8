package dev.lowgear.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;

class TraceReaderTest {
    @Test
    void readsAzuresSevenFractionalDigitsAndItsMissingLastLineEnd() {
        assertThat(
                        read(
                                """
                                TIMESTAMP,ContextTokens,GeneratedTokens
                                2023-11-16 18:15:46.6805900,374,44
                                2023-11-16 18:15:50.9951690,396,109\
                                """))
                .containsExactly(
                        new TraceRequest(0, 374, 44), new TraceRequest(4_314_579_000L, 396, 109));
    }

    @Test
    void readsOurOwnFormatFromAnyOrigin() {
        assertThat(
                        read(
                                """
                                arrival_ms,prompt_tokens,output_tokens
                                1000.250,10,3

                                1001,20,4
                                """))
                .containsExactly(new TraceRequest(0, 10, 3), new TraceRequest(750_000, 20, 4));
    }

    @Test
    void readsWhatTheWriterWrote() throws IOException {
        List<TraceRequest> trace =
                List.of(new TraceRequest(0, 7, 5), new TraceRequest(1_234_567_000L, 11, 13));
        StringBuilder text = new StringBuilder();
        TraceWriter.write(trace, text);
        assertThat(read(text.toString())).isEqualTo(trace);
    }

    @Test
    void saysWhereAndWhatWasExpected() {
        assertRefused("", "t.csv:1: expected a header, the trace is empty");
        assertRefused("time,a,b\n1,2,3\n", "t.csv:1: expected a header, one of: arrival_ms");
        assertRefused(
                "arrival_ms,prompt_tokens,output_tokens\n",
                "t.csv:2: expected at least one request");
        String header = "arrival_ms,prompt_tokens,output_tokens\n1,2,3\n";
        assertRefused(header + "2,3\n", "t.csv:3: expected 3 columns, found 2");
        assertRefused(header + "2,-3,1\n", "t.csv:3: expected at least one of prompt tokens");
        assertRefused(header + "2,3,x\n", "t.csv:3: expected a whole number of output tokens");
        assertRefused(header + "0.5,3,1\n", "t.csv:3: expected arrivals in ascending order");
        assertRefused(header + "NaN,3,1\n", "t.csv:3: expected an arrival in milliseconds");
        assertRefused(header + "5,3,1\n4,3,1\n", "t.csv:4: expected arrivals in ascending order");
        assertRefused(
                "TIMESTAMP,ContextTokens,GeneratedTokens\n16.11.2023,1,2\n",
                "t.csv:2: expected a time stamp like");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedTraceException.class)
                .hasMessageStartingWith(message);
    }

    private static List<TraceRequest> read(String text) {
        try (TraceReader reader = TraceReader.open("t.csv", new StringReader(text))) {
            return reader.remaining();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
