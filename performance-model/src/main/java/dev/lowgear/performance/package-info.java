/**
 * The performance model learned from telemetry: a fitted roofline, Tribuo's gradient-boosted trees
 * on what it leaves, and the table made from both.
 */
@NullMarked
package dev.lowgear.performance;

import org.jspecify.annotations.NullMarked;
