/** AOT caches: recorded in one start, made after it, used by the next. */
@NullMarked
package dev.lowgear.launcher.aot;

import org.jspecify.annotations.NullMarked;
