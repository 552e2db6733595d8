@NullMarked
package dev.lowgear.performance;

import org.jspecify.annotations.NullMarked;
