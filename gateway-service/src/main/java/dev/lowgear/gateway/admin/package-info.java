/** The admin API's one front: passed on to those who own what it is about. */
@NullMarked
package dev.lowgear.gateway.admin;

import org.jspecify.annotations.NullMarked;
