/** What an engine is made of: a served model, GPUs, and the limits that follow from the two. */
@NullMarked
package dev.lowgear.core.engine;

import org.jspecify.annotations.NullMarked;
