package dev.lowgear.scheduler.admin;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.scheduler.directive.RecentDecisions;

import io.swagger.v3.oas.annotations.Operation;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What this scheduler decided lately, each with what it was made from. */
@RestController
class DecisionsController {
    private static final int MOST = 1_000;

    private final RecentDecisions recent;

    DecisionsController(RecentDecisions recent) {
        this.recent = recent;
    }

    @Operation(summary = "Decisions that changed a gear, newest first; the topic has them all")
    @GetMapping(path = "/api/v1/decisions", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] decisions(
            @RequestParam(required = false) @Nullable String engine,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "limit: 1 to " + MOST + ", got " + limit);
        }
        return MessageCodec.encode(recent.newest(engine, limit));
    }

    @Operation(summary = "One decision")
    @GetMapping(path = "/api/v1/decisions/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] decision(@PathVariable String id) {
        return recent.byId(id)
                .map(MessageCodec::encode)
                .orElseThrow(() ->
                        new ResponseStatusException(
                                HttpStatus.NOT_FOUND,
                                "no decision '" + id + "' is remembered here"));
    }
}
