@NullMarked
package dev.lowgear.core.projection;

import org.jspecify.annotations.NullMarked;
