/** One trace, one engine profile, some loads and policies: compared over the same seeds. */
@NullMarked
package dev.lowgear.simulator.comparison;

import org.jspecify.annotations.NullMarked;
