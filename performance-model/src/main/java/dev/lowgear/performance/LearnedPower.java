package dev.lowgear.performance;

import org.jspecify.annotations.Nullable;

/**
 * Watts learned from windows.
 *
 * @param fitted the formula
 * @param residual trees on what it leaves; absent while windows are too few to grow any
 */
record LearnedPower(FittedPower fitted, @Nullable TribuoResidual residual) {}
