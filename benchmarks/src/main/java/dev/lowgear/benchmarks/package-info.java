/**
 * Benchmarks side by side with what a user would pick instead. Each has a {@code main} that prints
 * times, allocation and ratios; see the module's {@code pom.xml} for how to start one.
 */
@NullMarked
package dev.lowgear.benchmarks;

import org.jspecify.annotations.NullMarked;
