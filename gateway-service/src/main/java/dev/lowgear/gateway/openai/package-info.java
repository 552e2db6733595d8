/** The OpenAI API as bytes: requests, errors, event streams. */
@NullMarked
package dev.lowgear.gateway.openai;

import org.jspecify.annotations.NullMarked;
