/** GPUs as Lowgear sees and moves them: what can be read, what can be set, what can go wrong. */
@NullMarked
package dev.lowgear.guardian.gpu;

import org.jspecify.annotations.NullMarked;
