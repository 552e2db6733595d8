/** What could have been: schedules found, and bounds proven, with the whole traffic known. */
@NullMarked
package dev.lowgear.simulator.hindsight;

import org.jspecify.annotations.NullMarked;
