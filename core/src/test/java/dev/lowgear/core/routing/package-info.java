@NullMarked
package dev.lowgear.core.routing;

import org.jspecify.annotations.NullMarked;
