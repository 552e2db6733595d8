/** The tests' broker and database as containers. */
@NullMarked
package dev.lowgear.infrastructure.containers;

import org.jspecify.annotations.NullMarked;
