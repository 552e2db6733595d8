/**
 * Iteration time and watts over operating points: the prior, the learned table, and their common
 * face.
 */
@NullMarked
package dev.lowgear.core.performance;

import org.jspecify.annotations.NullMarked;
