/** The read side of the admin API, and every error in its form. */
@NullMarked
package dev.lowgear.scheduler.admin;

import org.jspecify.annotations.NullMarked;
