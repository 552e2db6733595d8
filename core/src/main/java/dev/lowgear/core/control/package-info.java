/** Decides gears: observations in, directives out, each with its reason. */
@NullMarked
package dev.lowgear.core.control;

import org.jspecify.annotations.NullMarked;
