/** Gear policies by name, a new object for every run: some keep state. */
@NullMarked
package dev.lowgear.simulator.policy;

import org.jspecify.annotations.NullMarked;
