/** What runs inference: one interface, one backend per kind of engine. */
@NullMarked
package dev.lowgear.agent.engine;

import org.jspecify.annotations.NullMarked;
