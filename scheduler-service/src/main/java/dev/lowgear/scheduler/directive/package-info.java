/** Answers on their way out: directives, renewals, decisions. */
@NullMarked
package dev.lowgear.scheduler.directive;

import org.jspecify.annotations.NullMarked;
