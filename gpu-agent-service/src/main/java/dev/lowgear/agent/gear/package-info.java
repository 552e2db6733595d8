/** The gear one engine is in: leased, fenced, dropped by reflex. */
@NullMarked
package dev.lowgear.agent.gear;

import org.jspecify.annotations.NullMarked;
