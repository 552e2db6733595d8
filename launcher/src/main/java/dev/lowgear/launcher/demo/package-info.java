/**
 * The demonstration: every request of a trace goes to two engines, one governed and one held at the
 * maximum clock, and what each of them used and kept is compared over one common window of time.
 */
@NullMarked
package dev.lowgear.launcher.demo;

import org.jspecify.annotations.NullMarked;
