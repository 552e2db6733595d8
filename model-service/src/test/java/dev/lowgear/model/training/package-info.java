@NullMarked
package dev.lowgear.model.training;

import org.jspecify.annotations.NullMarked;
