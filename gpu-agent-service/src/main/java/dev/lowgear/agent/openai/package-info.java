/** The OpenAI surface the gateway talks to. */
@NullMarked
package dev.lowgear.agent.openai;

import org.jspecify.annotations.NullMarked;
