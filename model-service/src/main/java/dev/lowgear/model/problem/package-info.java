/** Answers to requests that went wrong, all of them problem details (RFC 9457). */
@NullMarked
package dev.lowgear.model.problem;

import org.jspecify.annotations.NullMarked;
