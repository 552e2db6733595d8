package dev.lowgear.scheduler.slo;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.core.slo.SloPolicy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** SLO policies over HTTP. */
@RestController
@RequestMapping("/api/v1/slo-policies")
class SloPolicyController {
    private static final int LARGEST_BODY = 64 * 1024;

    private final SloPolicyStore store;

    SloPolicyController(SloPolicyStore store) {
        this.store = store;
    }

    /**
     * One change in the history of a policy.
     *
     * @param announced whether gateways and schedulers were told
     * @param policy the policy from then on; absent if it was withdrawn
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            long revision,
            Instant changedAt,
            boolean withdrawn,
            boolean announced,
            @Nullable SloPolicyMessage policy) {
        static Change of(PolicyChange change) {
            String document = change.document();
            return new Change(
                    change.revision(),
                    change.changedAt(),
                    document == null,
                    change.announced(),
                    document == null
                            ? null
                            : MessageCodec.decode(
                                    document.getBytes(StandardCharsets.UTF_8),
                                    SloPolicyMessage.class));
        }
    }

    @Operation(summary = "Every policy, by name")
    @GetMapping
    List<SloPolicyMessage> all() {
        return store.all();
    }

    @Operation(summary = "One policy, with its revision as ETag")
    @GetMapping("/{name}")
    ResponseEntity<SloPolicyMessage> one(@PathVariable String name) {
        return tagged(ResponseEntity.ok(), store.named(name));
    }

    @Operation(summary = "Every change of a policy, oldest first")
    @GetMapping("/{name}/history")
    List<Change> history(@PathVariable String name) {
        return store.history(name).stream().map(Change::of).toList();
    }

    @Operation(summary = "A new policy")
    @RequestBody(content = @Content(schema = @Schema(implementation = PolicyDraft.class)))
    @PostMapping
    ResponseEntity<SloPolicyMessage> create(
            @RequestParam(defaultValue = "false") boolean dryRun, InputStream body)
            throws IOException {
        refuseDryRun(dryRun);
        PolicyDraft draft = read(body);
        if (draft.name() == null) {
            throw PolicyRefusedException.invalid("name", "name: a policy has one");
        }
        SloPolicyMessage created = store.create(draft.toPolicy(draft.name()));
        return tagged(
                ResponseEntity.created(URI.create("/api/v1/slo-policies/" + created.name())),
                created);
    }

    @Operation(summary = "Changes a policy; If-Match says which revision is changed")
    @RequestBody(content = @Content(schema = @Schema(implementation = PolicyDraft.class)))
    @PutMapping("/{name}")
    ResponseEntity<SloPolicyMessage> replace(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun,
            InputStream body)
            throws IOException {
        refuseDryRun(dryRun);
        PolicyDraft draft = read(body);
        if (!Objects.requireNonNullElse(draft.name(), name).equals(name)) {
            throw PolicyRefusedException.invalid(
                    "name", "name: a policy keeps its name, this one is '" + name + "'");
        }
        SloPolicy policy = draft.toPolicy(name);
        return tagged(ResponseEntity.ok(), store.replace(policy, PolicyCondition.of(ifMatch)));
    }

    @Operation(summary = "Withdraws a policy; If-Match says which revision is withdrawn")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> withdraw(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        refuseDryRun(dryRun);
        store.withdraw(name, PolicyCondition.of(ifMatch));
        return ResponseEntity.noContent().build();
    }

    private static void refuseDryRun(boolean dryRun) {
        if (dryRun) {
            throw PolicyRefusedException.notOffered(
                    "this version cannot try a policy against the last hour; nothing was changed");
        }
    }

    private static PolicyDraft read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw PolicyRefusedException.tooLarge(LARGEST_BODY);
        }
        return PolicyDraft.read(bytes);
    }

    private static ResponseEntity<SloPolicyMessage> tagged(
            ResponseEntity.BodyBuilder answer, SloPolicyMessage policy) {
        return answer.eTag(PolicyCondition.entityTag(policy.revision())).body(policy);
    }
}
