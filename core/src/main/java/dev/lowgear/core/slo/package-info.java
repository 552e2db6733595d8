/** Service-level objectives: targets, policies, verdicts. */
@NullMarked
package dev.lowgear.core.slo;

import org.jspecify.annotations.NullMarked;
