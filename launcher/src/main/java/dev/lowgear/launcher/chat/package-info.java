/** A client of the OpenAI API that notes when each token of an answer arrives. */
@NullMarked
package dev.lowgear.launcher.chat;

import org.jspecify.annotations.NullMarked;
