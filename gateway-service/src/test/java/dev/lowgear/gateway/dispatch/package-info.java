@NullMarked
package dev.lowgear.gateway.dispatch;

import org.jspecify.annotations.NullMarked;
