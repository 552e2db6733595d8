/** Reading topics without a consumer group, on threads of their own. */
@NullMarked
package dev.lowgear.agent.listening;

import org.jspecify.annotations.NullMarked;
