/** The edge: the OpenAI API, tenants, SLO of each request, routing, back-pressure, admin API. */
@NullMarked
package dev.lowgear.gateway;

import org.jspecify.annotations.NullMarked;
