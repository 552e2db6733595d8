/** What is wrong with this machine or this installation, and what to do about it. */
@NullMarked
package dev.lowgear.launcher.doctor;

import org.jspecify.annotations.NullMarked;
