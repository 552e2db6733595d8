package dev.lowgear.gateway.admin;

import java.net.URI;

/**
 * A service that owns a part of the admin API.
 *
 * @param name what people call it
 * @param url base URL of its HTTP API
 */
record Owner(String name, URI url) {
    /** Where a path of its API is. */
    URI at(String pathAndQuery) {
        String base = url.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + pathAndQuery);
    }
}
