/** The schema of this service's database, migrated as soon as the database can be reached. */
@NullMarked
package dev.lowgear.model.schema;

import org.jspecify.annotations.NullMarked;
