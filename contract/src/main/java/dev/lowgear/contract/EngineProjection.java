package dev.lowgear.contract;

import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.Target;

import java.util.ArrayList;
import java.util.List;

/**
 * What an agent saw of one engine and projects for it: {@link EngineObservation} on the wire.
 * Segments and deadlines travel as column arrays, which cost a third of what arrays of objects do.
 */
public record EngineProjection(
        int schemaVersion,
        String agentId,
        String engineId,
        String servedModel,
        String fingerprint,
        long incarnation,
        long sequence,
        long stampNanos,
        EngineLoad load,
        Segments segments,
        Deadlines deadlines,
        List<PolicyLoad> policies,
        List<FinishedRequest> finished,
        Gear gear,
        boolean canPace,
        long paceGuardMicros) {

    /** Segments by column; a wire record, never compared. */
    @SuppressWarnings("ArrayRecordComponent") // boxed columns would cost what columns are for
    public record Segments(
            int[] iterations,
            double[] batch,
            double[] kvTokens,
            double[] kvTokensPerIteration,
            double[] prefillTokensPerIteration,
            long[] iterationLimitMicros) {}

    /** Deadlines that bind, by column; a wire record, never compared. */
    @SuppressWarnings("ArrayRecordComponent") // boxed columns would cost what columns are for
    public record Deadlines(
            int[] segment,
            long[] remainingMicros,
            double[] weight,
            Target[] target,
            String[] requestId) {}

    /** This observation on the wire. */
    public static EngineProjection of(
            EngineObservation seen, String agentId, String servedModel, String fingerprint) {
        return new EngineProjection(
                MessageCodec.SCHEMA_VERSION,
                agentId,
                seen.engine().value(),
                servedModel,
                fingerprint,
                seen.incarnation(),
                seen.sequence(),
                seen.stampNanos(),
                seen.load(),
                columns(seen.projection().segments()),
                deadlineColumns(seen.projection().deadlines()),
                seen.policies(),
                seen.finished(),
                seen.gear(),
                seen.pacing().possible(),
                seen.pacing().guardMicros());
    }

    /** The observation it carries. */
    public EngineObservation toCore() {
        return new EngineObservation(
                new EngineId(engineId),
                incarnation,
                sequence,
                stampNanos,
                load,
                projection(),
                policies,
                finished,
                gear,
                new Pacing(canPace, paceGuardMicros));
    }

    private Projection projection() {
        int count = segments.iterations().length;
        List<Segment> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(
                    new Segment(
                            segments.iterations()[i],
                            segments.batch()[i],
                            segments.kvTokens()[i],
                            segments.kvTokensPerIteration()[i],
                            segments.prefillTokensPerIteration()[i],
                            segments.iterationLimitMicros()[i]));
        }
        int due = deadlines.segment().length;
        List<Deadline> dueRows = new ArrayList<>(due);
        for (int i = 0; i < due; i++) {
            dueRows.add(
                    new Deadline(
                            deadlines.segment()[i],
                            deadlines.remainingMicros()[i],
                            deadlines.weight()[i],
                            deadlines.target()[i],
                            deadlines.requestId()[i]));
        }
        return new Projection(rows, dueRows);
    }

    private static Segments columns(List<Segment> rows) {
        int n = rows.size();
        var columns =
                new Segments(
                        new int[n],
                        new double[n],
                        new double[n],
                        new double[n],
                        new double[n],
                        new long[n]);
        for (int i = 0; i < n; i++) {
            Segment row = rows.get(i);
            columns.iterations()[i] = row.iterations();
            columns.batch()[i] = row.batch();
            columns.kvTokens()[i] = row.kvTokens();
            columns.kvTokensPerIteration()[i] = row.kvTokensPerIteration();
            columns.prefillTokensPerIteration()[i] = row.prefillTokensPerIteration();
            columns.iterationLimitMicros()[i] = row.iterationLimitMicros();
        }
        return columns;
    }

    private static Deadlines deadlineColumns(List<Deadline> rows) {
        int n = rows.size();
        var columns =
                new Deadlines(new int[n], new long[n], new double[n], new Target[n], new String[n]);
        for (int i = 0; i < n; i++) {
            Deadline row = rows.get(i);
            columns.segment()[i] = row.segment();
            columns.remainingMicros()[i] = row.remainingMicros();
            columns.weight()[i] = row.weight();
            columns.target()[i] = row.target();
            columns.requestId()[i] = row.requestId();
        }
        return columns;
    }
}
