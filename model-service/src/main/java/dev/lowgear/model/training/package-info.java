/**
 * Training: when enough telemetry of a fingerprint has come, a bounded sample of it is read, a
 * model is trained, judged beside the untrained prior and the table in force, and entered into the
 * registry.
 */
@NullMarked
package dev.lowgear.model.training;

import org.jspecify.annotations.NullMarked;
