/** Meters against what is known. */
@NullMarked
package dev.lowgear.launcher.measure;

import org.jspecify.annotations.NullMarked;
