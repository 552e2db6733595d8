package dev.lowgear.scheduler.directive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.core.control.Fence;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;

import org.junit.jupiter.api.Test;

import java.util.List;

class RenewalBatchTest {
    private static final AgentId A = new AgentId("a");
    private static final AgentId B = new AgentId("b");

    private final RenewalBatch batch = new RenewalBatch(2_000);

    private void renew(AgentId agent, String engine, long sequence) {
        batch.put(
                agent,
                new EngineId(engine),
                new DirectiveMessage.Renewal(engine, new Fence(1, 1, sequence), sequence, "d"));
    }

    @Test
    void oneRecordPerAgentWithTheNewestRenewalOfEachEngine() {
        renew(A, "e1", 1);
        renew(B, "e3", 1);
        renew(A, "e2", 1);
        renew(A, "e1", 2);

        List<DirectiveMessage.Renewals> records = batch.drain();
        assertThat(records)
                .extracting(DirectiveMessage.Renewals::agentId)
                .containsExactly("a", "b");
        assertThat(records.getFirst().engines())
                .extracting(renewal -> renewal.fence().projectionSequence())
                .containsExactly(2L, 1L);
        assertThat(records.getFirst().leaseMillis()).isEqualTo(2_000);
        assertThat(batch.drain()).isEmpty();
    }

    @Test
    void newGearOvertakesTheRenewalThatWaits() {
        renew(A, "e1", 1);
        batch.overtaken(A, new EngineId("e1"));
        batch.overtaken(B, new EngineId("e1"));
        assertThat(batch.drain()).isEmpty();
    }
}
