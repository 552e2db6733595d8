/** Which agents and engines there are, and which tables speak about them. */
@NullMarked
package dev.lowgear.scheduler.fleet;

import org.jspecify.annotations.NullMarked;
