package dev.lowgear.core.request;

import java.util.function.ToIntFunction;

/** Knows every answer's length: the upper end of what prediction can bring, for experiments. */
public final class OracleLengths implements LengthPredictor {
    private final ToIntFunction<String> lengthOf;

    /**
     * @param lengthOf the answer's length in tokens by request id, at least 1
     */
    public OracleLengths(ToIntFunction<String> lengthOf) {
        this.lengthOf = lengthOf;
    }

    @Override
    public SurvivalCurve curve(String requestId, RequestShape shape) {
        int maximum = shape.limits().maximum();
        return SurvivalCurve.point(Math.min(lengthOf.applyAsInt(requestId), maximum), maximum);
    }
}
