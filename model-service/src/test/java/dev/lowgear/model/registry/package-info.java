@NullMarked
package dev.lowgear.model.registry;

import org.jspecify.annotations.NullMarked;
