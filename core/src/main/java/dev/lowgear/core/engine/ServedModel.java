package dev.lowgear.core.engine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a language model as far as time, memory and energy depend on it.
 *
 * @param id the name in engine profiles and messages, such as {@code llama-3.1-8b}
 * @param parameters how many weights
 * @param layers transformer layers
 * @param hiddenSize width of the residual stream; query heads × head dimension
 * @param kvHeads key/value heads, fewer than query heads under grouped-query attention
 * @param headDimension elements per head
 * @param bytesPerElement 2 for 16-bit weights and cache
 * @param maxModelLength prompt plus output tokens a request may have
 */
public record ServedModel(
        String id,
        long parameters,
        int layers,
        int hiddenSize,
        int kvHeads,
        int headDimension,
        int bytesPerElement,
        int maxModelLength) {

    /** Llama 3.1 8B; served with a window of 16,000 tokens, of the 128 k it could have. */
    public static final ServedModel LLAMA_3_1_8B =
            new ServedModel("llama-3.1-8b", 8_030_000_000L, 32, 4096, 8, 128, 2, 16_000);

    /** Llama 2 13B, the model of the throttLL'eM paper; no grouped queries, so a large KV cache. */
    public static final ServedModel LLAMA_2_13B =
            new ServedModel("llama-2-13b", 13_016_000_000L, 40, 5120, 40, 128, 2, 4_096);

    /** Llama 3 70B, with its published window of 8,192 tokens. */
    public static final ServedModel LLAMA_3_70B =
            new ServedModel("llama-3-70b", 70_554_000_000L, 80, 8192, 8, 128, 2, 8_192);

    private static final List<ServedModel> KNOWN = List.of(LLAMA_3_1_8B, LLAMA_2_13B, LLAMA_3_70B);

    /** Refuses shapes that cannot be. */
    public ServedModel {
        if (id.isBlank()
                || parameters <= 0
                || layers <= 0
                || hiddenSize <= 0
                || kvHeads <= 0
                || headDimension <= 0
                || bytesPerElement <= 0
                || maxModelLength <= 1) {
            throw new IllegalArgumentException("every figure of model '" + id + "' is positive");
        }
    }

    /** Every model whose shape is on record. */
    public static List<ServedModel> known() {
        return KNOWN;
    }

    /**
     * The model of that name.
     *
     * @throws IllegalArgumentException naming those that exist
     */
    public static ServedModel named(String id) {
        return KNOWN.stream()
                .filter(model -> model.id.equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown model '" + id + "'; there are " + knownIds()));
    }

    /** Memory the weights take, over all GPUs. */
    public long weightBytes() {
        return parameters * bytesPerElement;
    }

    /** KV cache of one token, over all GPUs: key and value of every layer and KV head. */
    public long kvBytesPerToken() {
        return 2L * layers * kvHeads * headDimension * bytesPerElement;
    }

    private static String knownIds() {
        return KNOWN.stream().map(ServedModel::id).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return id;
    }
}
