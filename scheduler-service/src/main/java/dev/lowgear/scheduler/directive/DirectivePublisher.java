package dev.lowgear.scheduler.directive;

import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.control.Answer;
import dev.lowgear.core.control.Directive;
import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.control.EngineView;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.scheduler.fleet.AgentDirectory;
import dev.lowgear.scheduler.loop.AnswerSink;
import dev.lowgear.scheduler.shard.ControllerStatePublisher;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sends answers to the partition that the engine's agent reads. What raises a clock, or concerns an
 * engine on which something waits, leaves at once; other gears may wait a few milliseconds for
 * company; renewals travel together, one record per agent and quarter lease. A directive that the
 * broker does not take is counted and not repeated: the next observation is answered anew.
 */
final class DirectivePublisher implements AnswerSink {
    private static final Logger LOG = LoggerFactory.getLogger(DirectivePublisher.class);

    private static final int WARM_UP_ATTEMPTS = 20;

    private final KafkaTemplate<byte[], byte[]> urgent;
    private final KafkaTemplate<byte[], byte[]> relaxed;
    private final AgentDirectory directory;
    private final DecisionPublisher decisions;
    private final ControllerStatePublisher states;
    private final DirectiveMeter meter;
    private final long leaseMillis;
    private final long renewEveryNanos;
    private final RenewalBatch renewals;
    private long renewedAtNanos;

    DirectivePublisher(
            Producers producers,
            AgentDirectory directory,
            DecisionPublisher decisions,
            ControllerStatePublisher states,
            DirectiveMeter meter,
            Duration lease) {
        this.urgent = producers.urgent();
        this.relaxed = producers.relaxed();
        this.directory = directory;
        this.decisions = decisions;
        this.states = states;
        this.meter = meter;
        this.leaseMillis = lease.toMillis();
        this.renewEveryNanos = lease.toNanos() / 4;
        this.renewals = new RenewalBatch(leaseMillis);
    }

    /**
     * The two ways out.
     *
     * @param urgent sends at once
     * @param relaxed waits a few milliseconds for company
     */
    record Producers(KafkaTemplate<byte[], byte[]> urgent, KafkaTemplate<byte[], byte[]> relaxed) {
        /** Learns the topics' partitions beforehand, so that the loop does not wait for them. */
        void warmUp() {
            warmUp(urgent, Topics.DIRECTIVES);
            warmUp(relaxed, Topics.DIRECTIVES);
            warmUp(relaxed, Topics.DECISIONS);
        }

        private static void warmUp(KafkaTemplate<byte[], byte[]> kafka, Topics topic) {
            for (int attempt = 1; attempt <= WARM_UP_ATTEMPTS; attempt++) {
                try {
                    kafka.partitionsFor(topic.topic());
                    return;
                } catch (TimeoutException e) {
                    LOG.debug("no partitions of {} in attempt {}", topic.topic(), attempt);
                }
            }
            LOG.warn("no partitions of {}: the first directives may be late", topic.topic());
        }
    }

    @Override
    public void take(Answer answer) {
        AgentId agent = answer.input().engine().agent();
        switch (answer.decision().directive()) {
            case Directive.Renew renew ->
                    renewals.put(
                            agent,
                            renew.engine(),
                            new DirectiveMessage.Renewal(
                                    renew.engine().value(),
                                    answer.fence(),
                                    answer.input().observation().stampNanos(),
                                    answer.decisionId()));
            case Directive.SetGear set -> {
                renewals.overtaken(agent, set.engine());
                send(answer, set, agent);
            }
            case Directive.Release release -> {
                renewals.overtaken(agent, release.engine());
                send(
                        urgent,
                        agent,
                        release.engine().value(),
                        DirectiveMessage.Release.of(
                                release,
                                answer.fence(),
                                answer.input().observation().stampNanos(),
                                answer.decision().choice().reason().code()));
            }
        }
        if (answer.decision().changesGear()) {
            decisions.publish(answer);
        }
    }

    private void send(Answer answer, Directive.SetGear set, AgentId agent) {
        EngineObservation seen = answer.input().observation();
        boolean hurry = raises(seen.gear(), set.gear()) || seen.load().waiting() > 0;
        LOG.debug(
                "engine={} clockMhz={} reason={} decision={}",
                set.engine(),
                set.gear().clockMhz(),
                answer.decision().choice().reason().code(),
                answer.decisionId());
        send(
                hurry ? urgent : relaxed,
                agent,
                set.engine().value(),
                DirectiveMessage.SetGear.of(
                        set,
                        answer.fence(),
                        seen.stampNanos(),
                        leaseMillis,
                        answer.decisionId(),
                        answer.decision().choice().reason().code()));
    }

    private static boolean raises(Gear inForce, Gear wanted) {
        return !inForce.hasDefaultClock() && wanted.clockMhz() > inForce.clockMhz();
    }

    @Override
    public void flush(long nowNanos) {
        if (nowNanos - renewedAtNanos < renewEveryNanos) {
            return;
        }
        renewedAtNanos = nowNanos;
        for (DirectiveMessage.Renewals record : renewals.drain()) {
            var agent = new AgentId(record.agentId());
            send(relaxed, agent, record.agentId(), record);
        }
    }

    @Override
    public void save(List<EngineView> engines) {
        states.save(engines);
    }

    private void send(
            KafkaTemplate<byte[], byte[]> kafka,
            AgentId agent,
            String key,
            DirectiveMessage message) {
        OptionalInt partition = directory.directivesPartition(agent);
        if (partition.isEmpty()) {
            meter.notSent("agent-unknown");
            return;
        }
        var record =
                new ProducerRecord<>(
                        Topics.DIRECTIVES.topic(),
                        partition.getAsInt(),
                        key.getBytes(StandardCharsets.UTF_8),
                        MessageCodec.encode(message));
        try {
            var _ =
                    kafka.send(record)
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    meter.notSent("not-acknowledged");
                                    LOG.warn("directive key={} lost: {}", key, failure.toString());
                                }
                            });
        } catch (KafkaException | IllegalArgumentException e) {
            meter.notSent("not-taken");
            LOG.warn("directive key={} not taken: {}", key, e.toString());
        }
    }
}
