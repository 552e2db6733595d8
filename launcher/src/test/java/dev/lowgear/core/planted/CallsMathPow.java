package dev.lowgear.core.planted;

/** Planted: breaks a rule that a test must notice. */
public final class CallsMathPow {
    public double power(double base) {
        return Math.pow(base, 2.7);
    }
}
