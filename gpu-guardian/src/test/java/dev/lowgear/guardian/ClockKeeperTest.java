package dev.lowgear.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.lease.NodeBounds;
import dev.lowgear.guardian.journal.LockJournal;
import dev.lowgear.guardian.protocol.GuardianRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ClockKeeperTest {
    private static final long MILLI = 1_000_000;
    private static final NodeBounds BOUNDS = new NodeBounds(600, 1410, 0, 2_000 * MILLI);
    private static final Set<String> OPTED_IN = Set.of("GPU-a", "GPU-b", "GPU-c", "GPU-d");

    @TempDir Path directory;
    private final FakeActuator actuator = new FakeActuator();
    private final List<String> log = new ArrayList<>();
    private LockJournal journal;
    private ClockKeeper keeper;

    @BeforeEach
    void open() throws IOException {
        journal = LockJournal.open(directory.resolve("journal"), "fake", List.of());
        keeper = new ClockKeeper(OPTED_IN, BOUNDS, actuator, journal, log::add);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void locksEveryGpuOfAnEngineAndResetsThemAfterSilence() {
        List<String> answers = ask("set chat-1 1005 2000 GPU-a GPU-b", 0);
        assertThat(settle(0)).isEqualTo(2_000 * MILLI);

        assertThat(answers).containsExactly("ok 1005");
        assertThat(actuator.clocks).isEqualTo(Map.of("GPU-a", 1005, "GPU-b", 1005));
        assertThat(journal.locked()).containsOnlyKeys("GPU-a", "GPU-b");

        settle(1_999 * MILLI);
        assertThat(actuator.clocks).hasSize(2);
        settle(2_000 * MILLI);
        assertThat(actuator.clocks).isEmpty();
        assertThat(journal.locked()).isEmpty();
        assertThat(keeper.counts().expiries()).isEqualTo(1);
    }

    @Test
    void aRenewalKeepsTheClockFromWhenItWasReceived() {
        ask("set chat-1 1005 2000 GPU-a", 0);
        settle(0);

        List<String> answers = ask("renew chat-1 2000", 1_900 * MILLI);
        settle(2_100 * MILLI);

        assertThat(answers).containsExactly("ok 1005");
        assertThat(actuator.clocks).containsEntry("GPU-a", 1005);
        settle(3_900 * MILLI);
        assertThat(actuator.clocks).isEmpty();
        assertThat(ask("renew chat-1 2000", 4_000 * MILLI))
                .containsExactly("error not-leased nothing is leased");
    }

    @Test
    void noRequestIsLeasedLongerThanTheNodeAllows() {
        ask("set chat-1 1005 3600000 GPU-a", 0);
        settle(0);
        settle(2_000 * MILLI);

        assertThat(actuator.clocks).isEmpty();
    }

    @Test
    void movesOnlyGpusThatAreOptedIn() {
        assertThat(ask("set chat-1 1005 2000 GPU-a GPU-other", 0))
                .containsExactly("error not-opted-in GPU-other is not opted in on this node");
        settle(0);

        assertThat(actuator.calls).isEmpty();
        assertThat(journal.locked()).isEmpty();
    }

    @Test
    void staysWithinTheNodesFloorAndCeiling() {
        assertThat(settled("set chat-1 210 2000 GPU-a", 0)).containsExactly("ok 600");
        assertThat(settled("set batch-1 1980 2000 GPU-b", 0)).containsExactly("ok 1410");
    }

    @Test
    void asksTheGpuOnlyForClocksThatItSupportsUpwardsButNotOverTheCeiling() {
        actuator.ladder = ClockLadder.of(600, 900, 1200, 1500);

        assertThat(settled("set chat-1 901 2000 GPU-a", 0)).containsExactly("ok 1200");
        assertThat(settled("set batch-1 1300 2000 GPU-b", 0)).containsExactly("ok 1200");
    }

    @Test
    void skipsGpusThatHaveTheirClockAlready() {
        ask("set chat-1 1005 2000 GPU-a GPU-b", 0);
        settle(0);
        actuator.calls.clear();

        assertThat(ask("set chat-1 1005 2000 GPU-a GPU-b", 10)).isEmpty();
        settle(10);

        assertThat(actuator.calls).isEmpty();
    }

    @Test
    void onlyTheNewestRequestOfAnEngineCountsAndAnswersForTheOlder() {
        List<String> first = ask("set chat-1 900 2000 GPU-a", 0);
        List<String> second = ask("set chat-1 1005 2000 GPU-a", 1);
        assertThat(first).isEmpty();
        settle(2);

        assertThat(first).containsExactly("ok 1005");
        assertThat(second).containsExactly("ok 1005");
        assertThat(actuator.calls).containsExactly("lock GPU-a 1005");
    }

    @Test
    void aResetOvertakesARequestThatWaitsAndIsOvertakenByANewerOne() {
        List<String> set = ask("set chat-1 900 2000 GPU-a", 0);
        List<String> reset = ask("reset chat-1", 0);
        assertThat(set).containsExactly("ok 0");
        assertThat(reset).containsExactly("ok 0");

        settled("set chat-1 900 2000 GPU-a", 0);
        actuator.calls.clear();
        List<String> second = ask("reset chat-1", 0);
        List<String> newest = ask("set chat-1 1005 2000 GPU-a", 0);
        settle(0);

        assertThat(second).containsExactly("ok 1005");
        assertThat(newest).containsExactly("ok 1005");
        assertThat(actuator.calls).containsExactly("lock GPU-a 1005");
    }

    @Test
    void resetsGoFirstThenRaisesThenTheRest() {
        ask("set a-lowers 1200 2000 GPU-a", 0);
        ask("set b-raises 900 2000 GPU-b", 0);
        ask("set c-resets 900 2000 GPU-c", 0);
        settle(0);
        actuator.calls.clear();

        ask("set a-lowers 900 2000 GPU-a", 10);
        ask("set b-raises 1200 2000 GPU-b", 20);
        ask("reset c-resets", 30);
        settle(40);

        assertThat(actuator.calls)
                .containsExactly("reset GPU-c", "lock GPU-b 1200", "lock GPU-a 900");
    }

    @Test
    void whoWaitsLongestGoesFirstHoweverOftenOthersAskAgain() {
        ask("set zebra 900 2000 GPU-a", 10);
        ask("set ape 900 2000 GPU-b", 20);
        ask("set ape 1005 2000 GPU-b", 30);
        ask("set zebra 1005 2000 GPU-a", 40);

        keeper.work(50);

        assertThat(actuator.calls).containsExactly("lock GPU-a 1005");
    }

    @Test
    void anEngineThatCannotBeLockedWholeIsNotLockedAtAll() {
        actuator.refuses = "lock GPU-b 1005"::equals;

        List<String> answers = ask("set chat-1 1005 2000 GPU-a GPU-b", 0);
        settle(0);

        assertThat(answers).containsExactly("error actuator refused lock GPU-b 1005");
        assertThat(actuator.clocks).isEmpty();
        assertThat(journal.locked()).isEmpty();
        assertThat(ask("renew chat-1 2000", 10))
                .containsExactly("error not-leased nothing is leased");
    }

    @Test
    void anEngineThatCannotBeMovedWholeGoesBackToTheClockItHad() {
        ask("set chat-1 900 2000 GPU-a GPU-b", 0);
        settle(0);
        actuator.refuses = "lock GPU-b 1005"::equals;

        assertThat(settled("set chat-1 1005 2000 GPU-a GPU-b", 1_000 * MILLI))
                .containsExactly("error actuator refused lock GPU-b 1005");

        assertThat(actuator.clocks).isEqualTo(Map.of("GPU-a", 900, "GPU-b", 900));
        settle(2_000 * MILLI);
        assertThat(actuator.clocks).as("and the lease was not extended").isEmpty();
    }

    @Test
    void whereRollingBackFailsEverythingIsResetHoweverOftenItTakes() {
        ask("set chat-1 900 2000 GPU-a GPU-b", 0);
        settle(0);
        actuator.refuses = call -> call.contains("GPU-b");

        settled("set chat-1 1005 2000 GPU-a GPU-b", 10);
        assertThat(actuator.clocks).containsOnlyKeys("GPU-b");
        assertThat(journal.locked()).containsOnlyKeys("GPU-b");
        assertThat(keeper.counts().failingGpus()).isEqualTo(1);

        actuator.refuses = call -> false;
        settle(1_000 * MILLI);
        assertThat(actuator.clocks).isEmpty();
        assertThat(journal.locked()).isEmpty();
        assertThat(keeper.counts().failingGpus()).isZero();
    }

    @Test
    void aResetThatFailsIsTriedAgainEverLessOften() {
        ask("set chat-1 900 2000 GPU-a", 0);
        settle(0);
        actuator.refuses = "reset GPU-a"::equals;

        assertThat(settled("reset chat-1", 0))
                .containsExactly("error actuator GPU-a: refused reset GPU-a");
        long now = 0;
        actuator.calls.clear();
        for (int i = 0; i < 7; i++) {
            now += settle(now);
        }

        assertThat(now).isEqualTo((100 + 200 + 400 + 800 + 1_600 + 3_200 + 5_000) * MILLI);
        assertThat(actuator.calls).hasSize(6);
    }

    @Test
    void nothingIsLockedThatTheJournalCouldNotTake() throws IOException {
        journal.close();

        List<String> answers = ask("set chat-1 1005 2000 GPU-a", 0);
        settle(0);

        assertThat(answers).singleElement().asString().startsWith("error journal");
        assertThat(actuator.calls).isEmpty();
    }

    @Test
    void aGpuBelongsToOneEngineAtATime() {
        ask("set chat-1 1005 2000 GPU-a GPU-b", 0);
        settle(0);

        assertThat(ask("set batch-1 900 2000 GPU-b GPU-c", 0))
                .containsExactly("error conflict a GPU of these is held by chat-1");
        assertThat(ask("set chat-1 900 2000 GPU-a", 0))
                .containsExactly("error conflict chat-1 holds [GPU-a, GPU-b]: reset first");
        assertThat(settled("reset chat-1", 0)).containsExactly("ok 0");
        assertThat(settled("set batch-1 900 2000 GPU-b GPU-c", 0)).containsExactly("ok 900");
    }

    @Test
    void aRequestWhoseTurnComesTooLateIsRefused() {
        List<String> answers = ask("set chat-1 1005 100 GPU-a", 0);
        settle(100 * MILLI);

        assertThat(answers).containsExactly("error too-late its lease ended before its turn");
        assertThat(actuator.calls).isEmpty();
    }

    @Test
    void aRequestThatWaitsForItsTurnBridgesTheEndOfTheLease() {
        ask("set chat-1 900 2000 GPU-a", 0);
        settle(0);
        ask("set chat-1 1005 2000 GPU-a", 1_990 * MILLI);
        settle(2_010 * MILLI);

        assertThat(actuator.calls).containsExactly("lock GPU-a 900", "lock GPU-a 1005");
        assertThat(keeper.counts().expiries()).isZero();
    }

    @Test
    void anOperatorsReleaseStandsAboveEverything() {
        ask("set chat-1 1005 2000 GPU-a", 0);
        ask("set batch-1 1005 2000 GPU-b", 0);
        settle(0);

        keeper.releaseAsked(new ReleaseOrder.Some(Set.of("chat-1")));
        settle(0);
        assertThat(actuator.clocks).containsOnlyKeys("GPU-b");
        assertThat(ask("set chat-1 1005 2000 GPU-a", 0))
                .containsExactly("error released an operator's release is in force");

        keeper.releaseAsked(new ReleaseOrder.All());
        settle(0);
        assertThat(actuator.clocks).isEmpty();

        keeper.releaseAsked(new ReleaseOrder.None());
        assertThat(settled("set chat-1 1005 2000 GPU-a", 0)).containsExactly("ok 1005");
    }

    @Test
    void aStopResetsEverythingAndRefusesTheRest() {
        ask("set chat-1 1005 2000 GPU-a", 0);
        settle(0);

        keeper.stop();
        assertThat(ask("set chat-1 1005 2000 GPU-a", 0))
                .containsExactly("error stopping the guardian is stopping");
        settle(0);

        assertThat(actuator.clocks).isEmpty();
        assertThat(keeper.isEverythingReset()).isTrue();
    }

    @Test
    void whatTheJournalSaysIsResetAtStartAndNothingElse() throws IOException {
        journal.lock(new EngineId("chat-1"), List.of("GPU-a", "GPU-retired"));
        actuator.clocks.putAll(Map.of("GPU-a", 900, "GPU-retired", 900, "GPU-b", 700));

        keeper = new ClockKeeper(OPTED_IN, BOUNDS, actuator, journal, log::add);
        settle(0);

        assertThat(actuator.calls).containsExactly("reset GPU-a", "reset GPU-retired");
        assertThat(actuator.clocks).as("somebody else's").isEqualTo(Map.of("GPU-b", 700));
        assertThat(journal.locked()).isEmpty();
    }

    @Test
    void afterADriverReloadNothingIsBelievedLocked() {
        ask("set chat-1 1005 2000 GPU-a", 0);
        settle(0);
        actuator.generation++;
        actuator.clocks.clear();
        actuator.calls.clear();

        settled("set batch-1 900 2000 GPU-b", 10);

        assertThat(actuator.calls).containsExactly("lock GPU-b 900", "reset GPU-b", "reset GPU-a");
        assertThat(ask("renew chat-1 2000", 20))
                .containsExactly("error not-leased nothing is leased");
    }

    /** The answers that this request gets, as they come. */
    private List<String> ask(String line, long nowNanos) {
        List<String> answers = new ArrayList<>();
        keeper.accept(
                new Order(
                        GuardianRequest.parse(line),
                        nowNanos,
                        answer -> answers.add(answer.line())));
        return answers;
    }

    private List<String> settled(String line, long nowNanos) {
        List<String> answers = ask(line, nowNanos);
        settle(nowNanos);
        return answers;
    }

    /** Works until nothing is due now; nanoseconds until something is. */
    private long settle(long nowNanos) {
        long due = keeper.work(nowNanos);
        for (int turns = 0; due == 0; turns++) {
            assertThat(turns).as("comes to rest").isLessThan(100);
            due = keeper.work(nowNanos);
        }
        return due;
    }
}
