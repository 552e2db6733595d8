/**
 * How an engine is to run: clock and pace together, the envelope they were chosen for, and the
 * policies that choose.
 */
@NullMarked
package dev.lowgear.core.gear;

import org.jspecify.annotations.NullMarked;
