package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineFront;
import dev.lowgear.agent.engine.EngineRequest;
import dev.lowgear.agent.engine.EngineStatus;
import dev.lowgear.agent.engine.Submission;
import dev.lowgear.agent.engine.TokenSink;
import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.performance.PerformanceTable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs one {@link EngineOwner} on a platform thread of its own: hands it what others have for it,
 * lets it do what is due, and parks until something is.
 */
public final class EngineThread implements EngineFront, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineThread.class);

    private final EngineOwner owner;
    private final ConcurrentLinkedQueue<EngineInput> inputs = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean stopped;

    public EngineThread(EngineOwner owner) {
        this.owner = owner;
        owner.whenClockLost(this::clockLost);
        thread = Thread.ofPlatform().name("engine-" + owner.id()).unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopping) {
                long now = System.nanoTime();
                owner.advance(now);
                for (EngineInput input = inputs.poll(); input != null; input = inputs.poll()) {
                    owner.on(input, now);
                }
                long wait = owner.nextEventNanos() - System.nanoTime();
                if (wait > 0 && inputs.isEmpty() && !stopping) {
                    LockSupport.parkNanos(this, wait);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("engine stops engine={}", owner.id(), e);
        } finally {
            stopped = true;
            owner.stop(System.nanoTime());
            refuseRest();
        }
    }

    private void refuseRest() {
        for (EngineInput input = inputs.poll(); input != null; input = inputs.poll()) {
            if (input instanceof EngineInput.Submit submit) {
                submit.answer().complete(new Submission.Unavailable("the engine has stopped"));
            }
        }
    }

    private void post(EngineInput input) {
        inputs.add(input);
        LockSupport.unpark(thread);
        if (stopped) {
            refuseRest();
        }
    }

    @Override
    public EngineId id() {
        return owner.id();
    }

    @Override
    public String servedModel() {
        return owner.identity().servedModel();
    }

    @Override
    public EngineLimits limits() {
        return owner.identity().profile().limits();
    }

    @Override
    public EngineStatus status() {
        EngineStatus status = owner.status();
        return stopped ? status.inState("stopped") : status;
    }

    @Override
    public CompletableFuture<Submission> submit(EngineRequest request, TokenSink sink) {
        CompletableFuture<Submission> answer = new CompletableFuture<>();
        post(new EngineInput.Submit(request, sink, answer));
        return answer;
    }

    @Override
    public void cancel(String requestId) {
        post(new EngineInput.Cancel(requestId));
    }

    @Override
    public void release() {
        post(new EngineInput.Drop());
    }

    /** A scheduler said something. */
    public void directed(FencedDirective directive, @Nullable String decisionId) {
        post(new EngineInput.Directed(directive, decisionId));
    }

    /** A performance table was published for engines like this one, or withdrawn. */
    public void tabulated(@Nullable PerformanceTable table) {
        post(new EngineInput.Tabulated(table));
    }

    /** What makes it comparable with others. */
    public String fingerprint() {
        return owner.identity().fingerprint();
    }

    private void clockLost() {
        post(new EngineInput.ClockLost());
    }

    /** Ends the engine: its requests fail, its gear goes back. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
