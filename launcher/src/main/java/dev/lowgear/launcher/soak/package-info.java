/** The soak: churning traffic on a whole system, and whether anything grows that should not. */
@NullMarked
package dev.lowgear.launcher.soak;

import org.jspecify.annotations.NullMarked;
