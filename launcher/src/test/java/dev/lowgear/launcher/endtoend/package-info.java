/** The whole system from its built artefacts, on one machine. */
@NullMarked
package dev.lowgear.launcher.endtoend;

import org.jspecify.annotations.NullMarked;
