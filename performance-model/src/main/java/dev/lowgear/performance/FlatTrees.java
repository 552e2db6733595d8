package dev.lowgear.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gradient-boosted trees laid out in flat arrays: the same numbers as XGBoost's own evaluation, bit
 * for bit, without its native call, its matrix and its copies (about a hundred times faster for one
 * example). Read from the text form of the booster's model dump, whose lines are
 *
 * <pre>
 * 0:[f3&lt;0.75] yes=1,no=2,missing=1
 * 1:leaf=0.0125
 * </pre>
 */
final class FlatTrees {
    private static final Pattern SPLIT =
            Pattern.compile("\\s*(\\d+):\\[f(\\d+)<([^\\]]+)] yes=(\\d+),no=(\\d+),missing=\\d+.*");
    private static final Pattern LEAF = Pattern.compile("\\s*(\\d+):leaf=(\\S+?)(,.*)?");
    private static final int IS_LEAF = -1;

    private final float baseScore;
    private final int[] roots;
    private final int[] feature;
    private final float[] value;
    private final int[] below;
    private final int[] notBelow;

    private FlatTrees(
            float baseScore,
            int[] roots,
            int[] feature,
            float[] value,
            int[] below,
            int[] notBelow) {
        this.baseScore = baseScore;
        this.roots = roots;
        this.feature = feature;
        this.value = value;
        this.below = below;
        this.notBelow = notBelow;
    }

    /**
     * Trees from their dump, one string per tree.
     *
     * @throws IllegalArgumentException naming the line that is neither a split nor a leaf
     */
    static FlatTrees parse(String[] dump, float baseScore) {
        List<String[]> trees = new ArrayList<>();
        int nodes = 0;
        int[] roots = new int[dump.length];
        for (int tree = 0; tree < dump.length; tree++) {
            roots[tree] = nodes;
            String[] lines = dump[tree].strip().split("\n", -1);
            trees.add(lines);
            nodes += lines.length;
        }
        FlatTrees flat =
                new FlatTrees(
                        baseScore,
                        roots,
                        new int[nodes],
                        new float[nodes],
                        new int[nodes],
                        new int[nodes]);
        for (int tree = 0; tree < roots.length; tree++) {
            for (String line : trees.get(tree)) {
                flat.read(line, roots[tree]);
            }
        }
        return flat;
    }

    private void read(String line, int root) {
        Matcher split = SPLIT.matcher(line);
        if (split.matches()) {
            int node = root + Integer.parseInt(split.group(1));
            feature[node] = Integer.parseInt(split.group(2));
            value[node] = Float.parseFloat(split.group(3));
            below[node] = root + Integer.parseInt(split.group(4));
            notBelow[node] = root + Integer.parseInt(split.group(5));
            return;
        }
        Matcher leaf = LEAF.matcher(line);
        if (!leaf.matches()) {
            throw new IllegalArgumentException("neither a split nor a leaf: '" + line + "'");
        }
        int node = root + Integer.parseInt(leaf.group(1));
        feature[node] = IS_LEAF;
        value[node] = Float.parseFloat(leaf.group(2));
    }

    /** The prediction for one example; no feature may be missing. */
    double predict(float[] features) {
        // XGBoost adds in single precision and in tree order; so must we.
        float sum = baseScore;
        for (int root : roots) {
            int node = root;
            while (feature[node] != IS_LEAF) {
                node = features[feature[node]] < value[node] ? below[node] : notBelow[node];
            }
            sum += value[node];
        }
        return sum;
    }
}
