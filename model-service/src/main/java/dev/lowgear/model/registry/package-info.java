/**
 * Every model that was trained, how good it was, and which is in force. A version is born a
 * candidate or rejected; a candidate becomes active, its predecessor a candidate again; the active
 * one can be rolled back, and while a fingerprint has a rolled-back version nothing becomes active
 * by itself. Promoting a version ends that.
 */
@NullMarked
package dev.lowgear.model.registry;

import org.jspecify.annotations.NullMarked;
