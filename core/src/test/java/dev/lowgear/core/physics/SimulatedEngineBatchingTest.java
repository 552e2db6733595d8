package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lowgear.core.engine.EngineLimits;

import org.junit.jupiter.api.Test;

/** What an iteration computes, and who gets tokens and KV blocks. */
class SimulatedEngineBatchingTest {
    @Test
    void aPromptIsPrefilledInChunksAndTheLastOneGivesTheFirstToken() {
        EngineUnderTest run = new EngineUnderTest();
        run.submit(1, 1000, 3);

        IterationCompleted first = run.next();
        assertThat(first.work().prefillTokens()).isEqualTo(512);
        assertThat(first.tokens().size()).isZero();

        IterationCompleted second = run.next();
        assertThat(second.work().prefillTokens()).isEqualTo(488);
        assertThat(second.work().prefillAttention()).isEqualTo(488 * (512 + 244.0));
        assertThat(second.work().kvTokens()).isEqualTo(1000);
        assertThat(second.tokens().generated(0)).isEqualTo(1);

        IterationCompleted third = run.next();
        assertThat(third.work()).isEqualTo(new IterationWork(1, 1, 0, 0, 1001, 0));
        assertThat(third.kvBlocksUsed()).isEqualTo(63);
        assertThat(third.tokens().finished(0)).isFalse();

        IterationCompleted fourth = run.next();
        assertThat(fourth.tokens().generated(0)).isEqualTo(3);
        assertThat(fourth.tokens().finishReason(0)).isEqualTo(FinishReason.STOP);
        assertThat(run.engine.state()).isEqualTo(SimulatedEngine.State.IDLE);
        assertThat(run.engine.kvBlocksUsed()).isZero();
    }

    @Test
    void decodingComesBeforePrefillInTheBudget() {
        EngineUnderTest run = new EngineUnderTest();
        run.submit(1, 100, 50);
        run.submit(2, 100, 50);
        run.next();
        run.submit(3, 2000, 50);

        IterationCompleted mixed = run.next();

        assertThat(mixed.work().decodeTokens()).isEqualTo(2);
        assertThat(mixed.work().prefillTokens()).isEqualTo(510);
        assertThat(mixed.work().prefillRequests()).isEqualTo(1);
        assertThat(mixed.work().batch()).isEqualTo(3);
    }

    @Test
    void requestsAreLetInFirstComeFirstServedWhileTheBudgetLasts() {
        EngineUnderTest run = new EngineUnderTest();
        run.submit(1, 300, 10);
        run.submit(2, 300, 10);
        run.submit(3, 300, 10);

        IterationCompleted first = run.next();

        assertThat(first.work().prefillRequests()).isEqualTo(2);
        assertThat(first.work().prefillTokens()).isEqualTo(512);
        assertThat(first.queued()).isEqualTo(1);
        assertThat(first.tokens().requestId(0)).isEqualTo(1);
        assertThat(first.tokens().size()).isEqualTo(1);
    }

    @Test
    void theBatchHasNoMorePlacesThanItsLimit() {
        EngineUnderTest run = new EngineUnderTest(new EngineLimits(16, 100, 2, 512, 1000));
        for (int id = 1; id <= 3; id++) {
            run.submit(id, 10, 5);
        }

        assertThat(run.next().work().batch()).isEqualTo(2);
        assertThat(run.engine.queued()).isEqualTo(1);
        run.drain();
        assertThat(run.iterations).allMatch(iteration -> iteration.work().batch() <= 2);
    }

    @Test
    void maxTokensAndTheModelsLengthEndARequest() {
        EngineUnderTest run = new EngineUnderTest(new EngineLimits(16, 100, 8, 512, 100));
        run.engine.submit(new EngineRequest(1, 50, 500, 7), 0);
        run.engine.submit(new EngineRequest(2, 95, 500, 500), 0);

        TokenEvents last1 = run.nextWhere(i -> finishes(i, 1)).tokens();
        assertThat(run.iterations).hasSize(7);
        assertThat(run.iterations.get(4).tokens().generated(1)).isEqualTo(5);
        assertThat(run.iterations.get(4).tokens().finishReason(1)).isEqualTo(FinishReason.LENGTH);
        assertThat(last1.finishReason(0)).isEqualTo(FinishReason.LENGTH);
    }

    /**
     * Eight blocks of 16. Both prompts of 48 tokens take three; the seventh and eighth are given
     * when the first output tokens are cached. At 64 cached tokens each wants a fifth: the newer
     * loses all of its blocks and is recomputed, prompt and 17 output tokens.
     */
    @Test
    void whenBlocksRunOutTheNewestIsRecomputed() {
        EngineUnderTest run = new EngineUnderTest(new EngineLimits(16, 8, 8, 512, 128));
        run.submit(1, 48, 20);
        run.submit(2, 48, 20);

        IterationCompleted preempting = run.nextWhere(i -> i.preemptions() > 0);
        assertThat(preempting.number()).isEqualTo(18);
        assertThat(preempting.tokens().size()).isEqualTo(1);
        assertThat(preempting.tokens().requestId(0)).isEqualTo(1);
        assertThat(preempting.queued()).isEqualTo(1);

        IterationCompleted recomputing = run.nextWhere(i -> i.work().prefillTokens() > 0);
        assertThat(recomputing.work().prefillTokens()).isEqualTo(48 + 17);
        assertThat(recomputing.tokens().requestId(0)).isEqualTo(2);
        assertThat(recomputing.tokens().generated(0)).isEqualTo(18);

        run.drain();
        assertThat(run.preemptions()).isEqualTo(1);
    }

    @Test
    void aRequestWaitsUntilTheCacheHasRoomForItsWholePrompt() {
        EngineUnderTest run = new EngineUnderTest(new EngineLimits(16, 8, 8, 512, 128));
        run.submit(1, 80, 16);
        run.submit(2, 60, 2);

        assertThat(run.next().queued()).isEqualTo(1);
        run.nextWhere(i -> finishes(i, 1));
        assertThat(run.next().work().prefillTokens()).isEqualTo(60);
        assertThat(run.preemptions()).isZero();
    }

    @Test
    void aCancelledRequestGetsNoMoreTokensAndGivesItsBlocksBack() {
        EngineUnderTest run = new EngineUnderTest();
        run.submit(1, 100, 50);
        run.submit(2, 100, 50);
        run.next();
        run.startDue();

        assertThat(run.engine.cancel(1, run.engine.timeNanos())).isTrue();

        IterationCompleted completed = run.next();
        assertThat(completed.work().decodeTokens()).isEqualTo(2);
        assertThat(completed.tokens().size()).isEqualTo(1);
        assertThat(completed.tokens().requestId(0)).isEqualTo(2);
        assertThat(run.engine.kvBlocksUsed()).isEqualTo(7);
        assertThat(run.engine.cancel(1, run.engine.timeNanos())).isFalse();
    }

    @Test
    void anEngineWhoseLastRequestIsCancelledInAnIterationIsIdleAfterIt() {
        EngineUnderTest run = new EngineUnderTest();
        run.submit(1, 100, 50);
        run.startDue();
        run.engine.cancel(1, run.engine.timeNanos());

        assertThat(run.next().tokens().size()).isZero();
        assertThat(run.engine.state()).isEqualTo(SimulatedEngine.State.IDLE);
        assertThat(run.engine.nextEventNanos()).isEqualTo(SimulatedEngine.NEVER);
    }

    @Test
    void refusesWhatCannotFinishAndGoesOn() {
        EngineUnderTest run = new EngineUnderTest(new EngineLimits(16, 100, 8, 512, 100));
        run.submit(1, 50, 5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.submit(2, 100, 5))
                .withMessageContaining("leaves no room for output in 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.submit(1, 10, 5))
                .withMessageContaining("already in the engine");
        assertThatIllegalArgumentException().isThrownBy(() -> run.submit(3, 0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> run.submit(3, 5, 0));

        run.drain();
        assertThat(run.iterations).hasSize(5);
        run.submit(1, 10, 1);
        assertThat(run.next().tokens().finished(0)).isTrue();
    }

    private static boolean finishes(IterationCompleted iteration, long requestId) {
        TokenEvents tokens = iteration.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.requestId(i) == requestId && tokens.finished(i)) {
                return true;
            }
        }
        return false;
    }
}
