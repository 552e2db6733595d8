@NullMarked
package dev.lowgear.core.control;

import org.jspecify.annotations.NullMarked;
