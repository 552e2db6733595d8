/** The whole system on one machine. */
@NullMarked
package dev.lowgear.launcher;

import org.jspecify.annotations.NullMarked;
