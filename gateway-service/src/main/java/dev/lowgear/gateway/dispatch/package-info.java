/** The queue in front of each model's engines, and who gets which engine. */
@NullMarked
package dev.lowgear.gateway.dispatch;

import org.jspecify.annotations.NullMarked;
