@NullMarked
package dev.lowgear.simulator.run;

import org.jspecify.annotations.NullMarked;
