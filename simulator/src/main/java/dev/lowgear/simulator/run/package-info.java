/** One engine under control in virtual time: the same core code as live, without waiting. */
@NullMarked
package dev.lowgear.simulator.run;

import org.jspecify.annotations.NullMarked;
