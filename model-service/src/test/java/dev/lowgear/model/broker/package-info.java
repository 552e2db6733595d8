@NullMarked
package dev.lowgear.model.broker;

import org.jspecify.annotations.NullMarked;
