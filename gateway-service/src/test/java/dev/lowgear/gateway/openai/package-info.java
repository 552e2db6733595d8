@NullMarked
package dev.lowgear.gateway.openai;

import org.jspecify.annotations.NullMarked;
