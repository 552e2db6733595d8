package dev.lowgear.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class SupervisorTest {
    @TempDir Path folder;

    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final ScriptedPart database = new ScriptedPart("database", journal);
    private final ScriptedPart service = new ScriptedPart("service", journal, "database");

    @Test
    void startsWhatIsNeededFirstAndEndsItLast() throws Exception {
        var supervisor = supervise();
        supervisor.start();
        nextLife(service);
        supervisor.stop();
        assertThat(journal)
                .containsExactly(
                        "start database", "start service", "stop service", "stop database");
        assertThat(state().parts())
                .extracting(PartState::phase)
                .containsOnly(PartState.Phase.STOPPED);
    }

    @Test
    void preparesAPartBeforeWhatItNeedsIsReady() throws Exception {
        database.mayStart = new CountDownLatch(1);
        var supervisor = supervise();
        supervisor.start();
        assertThat(service.prepared.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(journal).isEmpty();
        database.mayStart.countDown();
        nextLife(service);
        supervisor.stop();
        assertThat(journal).startsWith("start database", "start service");
    }

    @Test
    void startsAPartThatCouldNotBePrepared() throws Exception {
        service.preparationFails.set(true);
        var supervisor = supervise();
        supervisor.start();
        nextLife(service);
        supervisor.stop();
        assertThat(journal).contains("start service");
    }

    @Test
    void startsAgainWhatEnded() throws Exception {
        var supervisor = supervise();
        supervisor.start();
        nextLife(service).end.complete(1);
        nextLife(service);
        supervisor.stop();
        assertThat(journal).filteredOn("start service"::equals).hasSize(2);
        assertThat(state().parts().getLast().restarts()).isEqualTo(1);
        assertThat(journal).filteredOn("start database"::equals).hasSize(1);
    }

    @Test
    void killsAndRestartsWhatNoLongerAnswers() throws Exception {
        var supervisor = supervise();
        supervisor.start();
        nextLife(database).frozen.set(true);
        nextLife(database);
        supervisor.stop();
        assertThat(journal).containsSequence("kill database", "start database");
    }

    @Test
    void bearsWithWhatAnswersOnlyNowAndThenHoweverLongThatTakes() throws Exception {
        database.answersEvery = 3;
        var supervisor = supervise();
        supervisor.start();
        var slow = nextLife(database);
        assertThat(slow.answered.tryAcquire(10, 30, TimeUnit.SECONDS)).isTrue();
        supervisor.stop();
        assertThat(journal).doesNotContain("kill database");
    }

    @Test
    void triesAgainWhatDidNotBecomeReadyAndSaysWhy() throws Exception {
        database.failuresLeft.set(2);
        var supervisor = supervise();
        supervisor.start();
        nextLife(service);
        assertThat(state().parts().getFirst().restarts()).isEqualTo(2);
        supervisor.stop();
        assertThat(journal).startsWith("start database", "start service");
    }

    @Test
    void refusesPartsInAnOrderThatCannotWork() {
        assertThatThrownBy(() ->
                        new Supervisor(
                                List.of(service, database),
                                folder.resolve("state"),
                                InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("service needs database");
    }

    private Supervisor supervise() {
        return new Supervisor(
                List.of(database, service), folder.resolve("state"), InstantSource.system());
    }

    private SystemState state() {
        return SystemState.read(folder.resolve("state")).orElseThrow();
    }

    private static ScriptedPart.Life nextLife(ScriptedPart part) throws InterruptedException {
        var life = part.lives.poll(30, TimeUnit.SECONDS);
        if (life == null) {
            throw new AssertionError(part.name() + " was not started");
        }
        return life;
    }
}
