/** AOT caches of real JVMs. */
@NullMarked
package dev.lowgear.launcher.aot;

import org.jspecify.annotations.NullMarked;
