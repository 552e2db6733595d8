package dev.lowgear.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.admission.WaitingRequest;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.routing.LeastLoaded;
import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.fleet.ServingEngine;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Virtual time: nothing here waits. */
class PoolStateTest {
    private static final long MILLI = 1_000_000;
    private static final GatewayProperties.Queue SETTINGS =
            new GatewayProperties.Queue(
                    2,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(2));

    private final PoolState pool = new PoolState(SETTINGS, new LeastLoaded(), _ -> 0);
    private final ServingEngine one = engine("one", "node-1");
    private final ServingEngine two = engine("two", "node-2");
    private List<ServingEngine> engines = List.of(one);
    private long now;

    @Test
    void sendsAtOnceWhileNobodySaysFull() {
        for (int i = 0; i < 5; i++) {
            assertThat(enter("r" + i, 0)).isEqualTo(new Grant.To(one));
        }
        assertThat(pool.inFlight()).isEqualTo(5);
    }

    @Test
    void spreadsOverEngines() {
        engines = List.of(one, two);
        assertThat(List.of(enter("a", 0), enter("b", 0)))
                .containsExactlyInAnyOrder(new Grant.To(one), new Grant.To(two));
    }

    @Test
    void keepsWhomAFullEngineSendsBackBeforeThoseBehind() {
        Ticket first = ticket("first", 0);
        assertThat(enter(first)).isEqualTo(new Grant.To(one));
        pool.full(first, one, Duration.ofMillis(500), now);
        now += MILLI;
        Ticket second = ticket("second", 0);
        assertThat(enter(second)).isEqualTo(new Grant.Waiting());
        assertThat(pool.nanosToNextOpening(now)).isEqualTo(499 * MILLI);
        now += 499 * MILLI;
        dispatch();
        assertThat(first.grant()).isEqualTo(new Grant.To(one));
        assertThat(second.grant()).isEqualTo(new Grant.Waiting());
        pool.started(one, now);
        dispatch();
        assertThat(second.grant()).isEqualTo(new Grant.To(one));
    }

    @Test
    void triesAgainAsSoonAsARequestOfTheFullEngineEnds() {
        enter("running", 0);
        Ticket next = ticket("next", 0);
        enter(next);
        pool.full(next, one, Duration.ofSeconds(1), now);
        dispatch();
        assertThat(next.grant()).isEqualTo(new Grant.Waiting());
        pool.ended(one, now);
        dispatch();
        assertThat(next.grant()).isEqualTo(new Grant.To(one));
    }

    @Test
    void doesNotWaitForAnAnswerLongerThanTheProbeInterval() {
        Ticket first = ticket("first", 0);
        enter(first);
        pool.full(first, one, Duration.ofMillis(10), now);
        now += 10 * MILLI;
        Ticket second = ticket("second", 0);
        enter(second);
        assertThat(first.grant()).isEqualTo(new Grant.To(one));
        assertThat(second.grant()).isEqualTo(new Grant.Waiting());
        assertThat(pool.nanosToNextOpening(now)).isEqualTo(50 * MILLI);
        now += 50 * MILLI;
        dispatch();
        assertThat(second.grant()).isEqualTo(new Grant.To(one));
    }

    @Test
    void isOpenAgainWhenNobodyWaits() {
        Ticket first = ticket("first", 0);
        enter(first);
        pool.full(first, one, Duration.ofMillis(10), now);
        now += 10 * MILLI;
        dispatch();
        pool.started(one, now);
        assertThat(enter("a", 0)).isEqualTo(new Grant.To(one));
        assertThat(enter("b", 0)).isEqualTo(new Grant.To(one));
    }

    @Test
    void servesTheImportantFirstWhenRoomComes() {
        Ticket blocked = ticket("blocked", 0);
        enter(blocked);
        pool.full(blocked, one, Duration.ofMillis(10), now);
        Ticket important = ticket("important", 5);
        enter(important);
        now += 10 * MILLI;
        dispatch();
        assertThat(important.grant()).isEqualTo(new Grant.To(one));
        assertThat(blocked.grant()).isEqualTo(new Grant.Waiting());
    }

    @Test
    void refusesWhatDoesNotFitWithWhatTheEngineSaid() {
        Ticket first = ticket("first", 0);
        enter(first);
        pool.full(first, one, Duration.ofMillis(700), now);
        assertThat(enter("second", 0)).isEqualTo(new Grant.Waiting());
        assertThat(enter("third", 0)).isEqualTo(new Grant.Refused(Duration.ofMillis(700)));
    }

    @Test
    void triesEveryAgentOnceAndThenNobody() {
        engines = List.of(one, two);
        Ticket ticket = ticket("r", 0);
        enter(ticket);
        ServingEngine dead = ((Grant.To) ticket.grant()).engine();
        pool.unreachable(ticket, dead, now);
        dispatch();
        ServingEngine other = ((Grant.To) ticket.grant()).engine();
        assertThat(other).isNotEqualTo(dead);
        pool.unreachable(ticket, other, now);
        dispatch();
        assertThat(ticket.grant()).isEqualTo(new Grant.Nobody());
        assertThat(pool.inFlight()).isZero();
        assertThat(pool.queued()).isZero();
    }

    @Test
    void saysNobodyToAllWhoWaitWhenTheLastEngineGoes() {
        Ticket first = ticket("first", 0);
        enter(first);
        pool.full(first, one, Duration.ofSeconds(1), now);
        engines = List.of();
        dispatch();
        assertThat(first.grant()).isEqualTo(new Grant.Nobody());
    }

    @Test
    void boundsHowLongAFullEngineIsLeftAlone() {
        Ticket first = ticket("first", 0);
        enter(first);
        pool.full(first, one, Duration.ofHours(1), now);
        assertThat(pool.nanosToNextOpening(now)).isEqualTo(2_000 * MILLI);
        pool.remove(first);
        assertThat(pool.nanosToNextOpening(now)).isEqualTo(Long.MAX_VALUE);
    }

    private Grant enter(String id, int priority) {
        return enter(ticket(id, priority));
    }

    private Grant enter(Ticket ticket) {
        pool.arrive(ticket, now);
        dispatch();
        return ticket.grant();
    }

    private void dispatch() {
        pool.dispatch(engines, now);
    }

    private Ticket ticket(String id, int priority) {
        return new Ticket(new WaitingRequest(id, priority, now, Long.MAX_VALUE, false));
    }

    private static ServingEngine engine(String id, String agent) {
        return new ServingEngine(
                new EngineId(id),
                new AgentId(agent),
                URI.create("http://127.0.0.1:1"),
                "m",
                "ready",
                8,
                4096);
    }
}
