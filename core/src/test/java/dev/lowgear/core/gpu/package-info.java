@NullMarked
package dev.lowgear.core.gpu;

import org.jspecify.annotations.NullMarked;
