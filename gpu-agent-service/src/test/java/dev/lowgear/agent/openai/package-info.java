@NullMarked
package dev.lowgear.agent.openai;

import org.jspecify.annotations.NullMarked;
