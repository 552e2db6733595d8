@NullMarked
package dev.lowgear.model;

import org.jspecify.annotations.NullMarked;
