/** The process that starts the parts, watches them and ends them. */
@NullMarked
package dev.lowgear.launcher.supervision;

import org.jspecify.annotations.NullMarked;
