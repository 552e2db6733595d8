@NullMarked
package dev.lowgear.infrastructure;

import org.jspecify.annotations.NullMarked;
