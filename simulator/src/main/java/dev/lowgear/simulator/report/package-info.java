/** What reports are made of: pages, charts and tables, whatever they are about. */
@NullMarked
package dev.lowgear.simulator.report;

import org.jspecify.annotations.NullMarked;
