/** The model-service: telemetry into PostgreSQL, training, the registry of performance models. */
@NullMarked
package dev.lowgear.model;

import org.jspecify.annotations.NullMarked;
