@NullMarked
package dev.lowgear.core.engine;

import org.jspecify.annotations.NullMarked;
