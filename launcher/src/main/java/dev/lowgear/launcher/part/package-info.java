/** The parts of the system: broker, database, guardian, services. */
@NullMarked
package dev.lowgear.launcher.part;

import org.jspecify.annotations.NullMarked;
