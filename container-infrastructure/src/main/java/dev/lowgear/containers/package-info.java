/** The tests' broker and database as containers. */
@NullMarked
package dev.lowgear.containers;

import org.jspecify.annotations.NullMarked;
