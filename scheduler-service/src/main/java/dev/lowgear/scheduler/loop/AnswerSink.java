package dev.lowgear.scheduler.loop;

import dev.lowgear.core.control.Answer;
import dev.lowgear.core.control.EngineView;

import java.util.List;

/** Where the control loop's answers go. Called by the loop's thread only; must not wait. */
public interface AnswerSink {
    /** Takes one answer. */
    void take(Answer answer);

    /** Lets go of what was held back to travel together. */
    void flush(long nowNanos);

    /** Leaves the slow state of our engines for a successor. */
    void save(List<EngineView> engines);
}
