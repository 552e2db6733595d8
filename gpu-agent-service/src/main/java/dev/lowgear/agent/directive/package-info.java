/** What schedulers tell this agent. */
@NullMarked
package dev.lowgear.agent.directive;

import org.jspecify.annotations.NullMarked;
