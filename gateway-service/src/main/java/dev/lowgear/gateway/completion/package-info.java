/** A completion from the client's first byte to its last. */
@NullMarked
package dev.lowgear.gateway.completion;

import org.jspecify.annotations.NullMarked;
