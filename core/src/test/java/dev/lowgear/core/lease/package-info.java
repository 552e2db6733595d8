@NullMarked
package dev.lowgear.core.lease;

import org.jspecify.annotations.NullMarked;
