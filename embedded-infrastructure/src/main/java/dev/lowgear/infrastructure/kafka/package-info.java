/** A real single-node KRaft broker as a child process. */
@NullMarked
package dev.lowgear.infrastructure.kafka;

import org.jspecify.annotations.NullMarked;
