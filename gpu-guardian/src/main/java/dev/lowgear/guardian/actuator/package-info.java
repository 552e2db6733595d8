/** Actuators that need no hardware. */
@NullMarked
package dev.lowgear.guardian.actuator;

import org.jspecify.annotations.NullMarked;
