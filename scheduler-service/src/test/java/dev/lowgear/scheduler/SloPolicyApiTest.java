package dev.lowgear.scheduler;

import static dev.lowgear.scheduler.AgentOnTheWire.awaitRecord;
import static dev.lowgear.scheduler.AgentOnTheWire.hasKey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.slo.EnergyMode;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** SLO policies over HTTP, in the database, on the topic. */
@SchedulerTest
class SloPolicyApiTest {
    private static final String PATH = "/api/v1/slo-policies";

    private final AdminApi api;

    SloPolicyApiTest(@LocalServerPort int port) {
        api = AdminApi.at(port);
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.body()).contains("\"status\":" + status).doesNotContain("Exception");
    }

    private static SloPolicyMessage policy(byte[] value) {
        return MessageCodec.decode(value, SloPolicyMessage.class);
    }

    @Test
    void standardPolicyIsThereAndAnnounced() {
        HttpResponse<String> standard = api.get(PATH + "/standard");
        assertThat(standard.statusCode()).isEqualTo(200);
        assertThat(standard.headers().firstValue("etag")).contains("\"1\"");
        assertThat(standard.body())
                .contains("\"e2eMillis\":22000", "\"tbtMeanMillis\":200", "\"attainment\":0.99")
                .doesNotContain("ttftMillis");
        ConsumerRecord<byte[], byte[]> announced =
                awaitRecord(Topics.SLO_POLICIES.topic(), record -> hasKey(record, "standard"));
        assertThat(policy(announced.value()).toCore().targets().e2e()).hasSeconds(22);
        assertProblem(api.delete(PATH + "/standard", "*"), 409);
    }

    @Test
    void policyLivesFromCreationToWithdrawalWithItsHistory() {
        HttpResponse<String> created =
                api.post(PATH, "{\"name\": \"life\", \"sloClass\": \"life\", \"e2eMillis\": 9000}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("location")).contains(PATH + "/life");
        assertThat(created.headers().firstValue("etag")).contains("\"1\"");
        assertProblem(api.post(PATH, "{\"name\": \"life\"}"), 409);

        HttpResponse<String> changed =
                api.put(
                        PATH + "/life",
                        "\"1\"",
                        "{\"sloClass\": \"life\", \"energyMode\": \"OFF\"}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(changed.headers().firstValue("etag")).contains("\"2\"");
        ConsumerRecord<byte[], byte[]> announced =
                awaitRecord(
                        Topics.SLO_POLICIES.topic(),
                        record ->
                                hasKey(record, "life")
                                        && record.value() != null
                                        && policy(record.value()).revision() == 2);
        assertThat(policy(announced.value()).energyMode()).isEqualTo(EnergyMode.OFF);

        assertProblem(api.put(PATH + "/life", "\"1\"", "{}"), 412);
        assertProblem(api.delete(PATH + "/life", "\"1\""), 412);
        assertThat(api.delete(PATH + "/life", "\"2\"").statusCode()).isEqualTo(204);
        assertProblem(api.get(PATH + "/life"), 404);
        awaitRecord(
                Topics.SLO_POLICIES.topic(),
                record -> hasKey(record, "life") && record.value() == null);

        assertThat(api.get(PATH + "/life/history").body())
                .contains(
                        "\"revision\":1", "\"revision\":2", "\"revision\":3", "\"withdrawn\":true");
        HttpResponse<String> again = api.post(PATH, "{\"name\": \"life\"}");
        assertThat(again.headers().firstValue("etag")).contains("\"4\"");
        assertThat(api.delete(PATH + "/life", "*").statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {                                          | 400 |
                    []                                         | 400 |
                    null                                       | 400 |
                    {}                                         | 422 | name
                    {"name": "Upper"}                          | 422 | name
                    {"name": "p", "e2eMillis": -1}             | 422 | e2eMillis
                    {"name": "p", "e2eMillis": "soon"}         | 422 | e2eMillis
                    {"name": "p", "attainment": 1.5}           | 422 | attainment
                    {"name": "p", "clockFloorMhz": 99999999}   | 422 | clockFloorMhz
                    {"name": "p", "nonsense": true}            | 422 | nonsense
                    """)
    void impossiblePolicyIsRefusedWithTheFieldNamed(String body, int status, String field) {
        HttpResponse<String> refused = api.post(PATH, body);
        assertProblem(refused, status);
        if (field != null) {
            assertThat(refused.body()).contains("\"field\":\"" + field + "\"");
        }
        assertThat(api.get(PATH + "/p").statusCode()).isEqualTo(404);
    }

    @Test
    void changeWithoutConditionIsRefused() {
        assertProblem(
                api.send(api.request(PATH + "/standard").PUT(BodyPublishers.ofString("{}"))), 428);
        assertProblem(api.send(api.request(PATH + "/standard").DELETE()), 428);
    }

    @Test
    void renamingAPolicyIsRefused() {
        HttpResponse<String> refused = api.put(PATH + "/standard", "*", "{\"name\": \"other\"}");
        assertProblem(refused, 422);
        assertThat(refused.body()).contains("\"field\":\"name\"");
    }

    @Test
    void dryRunIsRefusedAndChangesNothing() {
        assertProblem(api.post(PATH + "?dryRun=true", "{\"name\": \"dry\"}"), 501);
        assertThat(api.get(PATH + "/dry").statusCode()).isEqualTo(404);
        assertProblem(api.post(PATH + "?dryRun=perhaps", "{\"name\": \"dry\"}"), 400);
    }

    @Test
    void oversizedBodyIsRefused() {
        assertProblem(api.post(PATH, "{\"name\": \"" + "x".repeat(70_000) + "\"}"), 413);
    }

    @Test
    void unknownPathsMethodsAndValuesAreProblems() {
        assertProblem(api.get(PATH + "/nobody"), 404);
        assertProblem(api.get(PATH + "/nobody/history"), 404);
        assertProblem(api.put(PATH + "/nobody", "*", "{}"), 404);
        assertProblem(api.delete(PATH + "/nobody", "*"), 404);
        assertProblem(api.delete(PATH, "*"), 405);
        assertProblem(api.get("/api/v1/nothing"), 404);
        assertProblem(api.get("/api/v1/engines/nobody"), 404);
        assertProblem(api.get("/api/v1/decisions/none"), 404);
        assertProblem(api.get("/api/v1/decisions?limit=0"), 400);
        assertProblem(api.get("/api/v1/decisions?limit=many"), 400);
    }
}
