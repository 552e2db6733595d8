/** A real, durable PostgreSQL as a child process. */
@NullMarked
package dev.lowgear.infrastructure.postgres;

import org.jspecify.annotations.NullMarked;
