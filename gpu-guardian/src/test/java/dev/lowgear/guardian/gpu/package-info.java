@NullMarked
package dev.lowgear.guardian.gpu;

import org.jspecify.annotations.NullMarked;
