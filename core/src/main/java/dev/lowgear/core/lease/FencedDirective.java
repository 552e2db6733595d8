package dev.lowgear.core.lease;

import dev.lowgear.core.control.Directive;
import dev.lowgear.core.control.Fence;

/**
 * A directive as it reaches an agent: with what makes it current and how long it holds.
 *
 * @param directive what is to be done
 * @param fence what makes it current
 * @param echoedStampNanos the answered projection's stamp: the agent's own monotonic clock
 * @param leaseNanos how long it holds, counted from the echoed stamp; without meaning for a release
 */
public record FencedDirective(
        Directive directive, Fence fence, long echoedStampNanos, long leaseNanos) {}
