@NullMarked
package dev.lowgear.simulator.hindsight;

import org.jspecify.annotations.NullMarked;
