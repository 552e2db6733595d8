package dev.lowgear.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.simulator.trace.TraceReader.BadRows;

import org.jspecify.annotations.Nullable;
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
    void readsAzure2024sZoneAndFullSeconds() {
        assertThat(
                        read(
                                """
                                TIMESTAMP,ContextTokens,GeneratedTokens
                                2024-05-10 00:00:00.009930+00:00,2162,5
                                2024-05-10 00:00:01+00:00,2399,6
                                2024-05-10 02:00:01+02:00,1,1
                                """))
                .extracting(TraceRequest::arrivalNanos)
                .containsExactly(0L, 990_070_000L, 990_070_000L);
    }

    @Test
    void readsBothSchemasOfBurstGptAndLeavesFailuresOut() throws IOException {
        String older =
                """
                Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
                5,ChatGPT,472,18,490,Conversation log
                45,GPT-4,1087,0,1087,API log
                118.5,GPT-4,417,276,693,API log
                """;
        String newer =
                """
                Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
                19440110.0,1722ac82-0a46-4bf0-aa08-89794e7a2b3f,43,GPT-4,906,446,1352,Conversation log
                19440161.0,d5983bf9-4b48-497b-892b-a58995247443,2,ChatGPT,36,29,65,API log
                """;
        assertThat(read(older))
                .containsExactly(
                        new TraceRequest(0, 472, 18), new TraceRequest(113_500_000_000L, 417, 276));
        assertThat(read(newer))
                .containsExactly(
                        new TraceRequest(0, 906, 446), new TraceRequest(51_000_000_000L, 36, 29));
        try (TraceReader reader = TraceReader.open("t.csv", new StringReader(older))) {
            reader.remaining();
            assertThat(reader.unanswered()).isEqualTo(1);
            assertThat(reader.skipped()).isZero();
            assertThat(reader.format()).isEqualTo(TraceFormat.BURSTGPT);
        }
    }

    @Test
    void readsMooncakesLinesWithoutAHeader() {
        assertThat(
                        read(
                                """
                                {"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47, {"x": [1]}]}
                                {"timestamp": 27482, "hash_ids": [], "output_length": 26, "input_length": 6472}
                                {"timestamp": 30535, "input_length": 13, "output_length": 1}
                                """))
                .containsExactly(
                        new TraceRequest(0, 6955, 52),
                        new TraceRequest(0, 6472, 26),
                        new TraceRequest(3_053_000_000L, 13, 1));
    }

    @Test
    void findsColumnsByNameWhereverTheyStand() {
        assertThat(
                        read(
                                """
                                \uFEFFOutput_tokens, prompt_tokens,tenant,ARRIVAL_MS
                                3,10,a,0
                                """))
                .containsExactly(new TraceRequest(0, 10, 3));
    }

    @Test
    void readsNoFurtherThanItIsAsked() throws IOException {
        String text = "arrival_ms,prompt_tokens,output_tokens\n0,1,1\n1,1,1\nbad\n";
        try (TraceReader reader = TraceReader.open("t.csv", new StringReader(text))) {
            assertThat(reader.next().arrivalNanos()).isZero();
            assertThat(reader.hasNext()).isTrue();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(MalformedTraceException.class)
                    .hasMessageStartingWith("t.csv:4: ");
        }
    }

    @Test
    void countsBadRowsAndGoesOnWhenTold() throws IOException {
        String text =
                """
                TIMESTAMP,ContextTokens,GeneratedTokens
                yesterday,1,1
                2023-11-16 18:00:00,10,3
                2023-11-16 17:59:59,10,3
                2023-11-16 18:00:01,-10,3
                2023-11-16 18:00:02,10
                2023-11-16 18:00:03,20,4
                2023-11-16 18:0\
                """;
        try (TraceReader reader = open(text, null, BadRows.SKIP)) {
            assertThat(reader.remaining())
                    .containsExactly(
                            new TraceRequest(0, 10, 3), new TraceRequest(3_000_000_000L, 20, 4));
            assertThat(reader.skipped()).isEqualTo(5);
        }
        assertThatThrownBy(() ->
                        open("arrival_ms,prompt_tokens,output_tokens\nx\n", null, BadRows.SKIP))
                .hasMessageContaining("expected at least one request, all 1 rows were skipped");
    }

    @Test
    void refusesAnotherFormatThanTheOneAskedFor() {
        assertThatThrownBy(() ->
                        open("arrival_ms,prompt_tokens\n0,1\n", TraceFormat.LOWGEAR, BadRows.SKIP))
                .isInstanceOf(MalformedTraceException.class)
                .hasMessage(
                        "t.csv:1: expected a header with arrival_ms,prompt_tokens,output_tokens;"
                                + " missing [output_tokens]");
        assertThatThrownBy(() -> open("a,b\n", TraceFormat.MOONCAKE, BadRows.REFUSE))
                .hasMessageStartingWith("t.csv:1: expected a whole JSON object");
    }

    @Test
    void saysWhereAndWhatWasExpected() {
        assertRefused("", "t.csv:1: expected a header, the trace is empty");
        assertRefused("time,a,b\n1,2,3\n", "t.csv:1: expected a header, one of: arrival_ms");
        assertRefused(
                "arrival_ms,prompt_tokens,output_tokens\n",
                "t.csv:2: expected at least one request");
        String header = "arrival_ms,prompt_tokens,output_tokens\n1,2,3\n";
        assertRefused(header + "2,3\n4,5,6\n", "t.csv:3: expected 3 columns, found 2");
        assertRefused(header + "2,-3,1\n", "t.csv:3: expected at least 1 in prompt_tokens");
        assertRefused(header + "2,3,x\n", "t.csv:3: expected a whole number in output_tokens");
        assertRefused(header + "0.5,3,1\n", "t.csv:3: expected arrivals in ascending order");
        assertRefused(header + "NaN,3,1\n", "t.csv:3: expected milliseconds in arrival_ms");
        assertRefused(header + "5,3,1\n4,3,1\n", "t.csv:4: expected arrivals in ascending order");
        assertRefused(
                "TIMESTAMP,ContextTokens,GeneratedTokens\n16.11.2023,1,2\n",
                "t.csv:2: expected a time stamp like");
        assertRefused(
                "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
                        + "5,ChatGPT,4,1,5,Conversation l",
                "t.csv:2: expected 'Conversation log' or 'API log' in Log Type, found"
                        + " 'Conversation l'; this is the last line, and may be only half written");
        assertRefused(
                "{\"timestamp\": 0, \"input_length\": 0, \"output_length\": 1}\n",
                "t.csv:1: expected a whole number of at least 1 in input_length");
        assertRefused(
                "{\"input_length\": 1, \"output_length\": 1}\n",
                "t.csv:1: expected milliseconds in timestamp");
    }

    @Test
    void saysThatALastLineMayBeHalfWritten() {
        String whole = "{\"timestamp\": 0, \"input_length\": 1, \"output_length\": 1}\n";
        for (int cut = 1; cut < whole.length() - 2; cut++) {
            assertRefused(
                    whole + whole.substring(0, cut),
                    "t.csv:2: expected a whole JSON object; this is the last line, and may be only"
                            + " half written");
        }
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedTraceException.class)
                .hasMessageStartingWith(message);
    }

    private static List<TraceRequest> read(String text) {
        try (TraceReader reader = open(text, null, BadRows.REFUSE)) {
            return reader.remaining();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TraceReader open(String text, @Nullable TraceFormat format, BadRows badRows)
            throws IOException {
        return TraceReader.open("t.csv", new StringReader(text), format, badRows);
    }
}
