/** How a soak judges what it sees. */
@NullMarked
package dev.lowgear.launcher.soak;

import org.jspecify.annotations.NullMarked;
