package dev.lowgear.gateway.access;

import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import io.swagger.v3.oas.annotations.Operation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** The keys that were given out. A key is shown once, when it is made. */
@RestController
@RequestMapping("/api/v1/keys")
class KeysController {
    private final ApiKeys keys;
    private final Tenants tenants;
    private final KeyRefresh store;
    private final Access access;
    private final InstantSource time;

    KeysController(
            ApiKeys keys, Tenants tenants, KeyRefresh store, Access access, InstantSource time) {
        this.keys = keys;
        this.tenants = tenants;
        this.store = store;
        this.access = access;
        this.time = time;
    }

    /**
     * A key to be.
     *
     * @param tenant whose it is; absent for nobody in particular
     * @param role what it may do; absent for using the models
     */
    record NewKey(
            @Nullable String tenant,
            @NotBlank @Size(max = 200) String label,
            @Nullable Role role) {}

    /**
     * A key.
     *
     * @param key the key itself, in the answer that makes it only
     */
    record KeyView(
            UUID id,
            @Nullable String tenant,
            String label,
            Role role,
            Instant createdAt,
            @Nullable String key) {
        static KeyView of(ApiKey key, @Nullable String secret) {
            return new KeyView(
                    key.id(), key.tenantName(), key.label(), key.role(), key.createdAt(), secret);
        }
    }

    @Operation(summary = "Every key, without the key itself")
    @GetMapping
    List<KeyView> list() {
        return keys.findAllByOrderByCreatedAt().stream().map(key -> KeyView.of(key, null)).toList();
    }

    @Operation(summary = "Make a key; the answer is the only place that shows it")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    KeyView create(@Valid @RequestBody NewKey asked) {
        Role role = asked.role() == null ? Role.USER : asked.role();
        if (role != Role.ADMIN && !access.hasKeys()) {
            throw new OpenAiException(
                    OpenAiError.ofStatus(
                            422, "the first key must have role ADMIN: from then on one is needed"));
        }
        String secret = KeyHash.newKey();
        ApiKey key =
                keys.save(
                        new ApiKey(
                                tenant(asked.tenant()),
                                asked.label(),
                                KeyHash.of(secret).hex(),
                                role,
                                time.instant()));
        store.refresh();
        return KeyView.of(key, secret);
    }

    private @Nullable Tenant tenant(@Nullable String name) {
        return name == null
                ? null
                : tenants.findById(name)
                        .orElseThrow(() ->
                                new OpenAiException(
                                        OpenAiError.ofStatus(422, "no tenant " + name)));
    }

    @Operation(summary = "Revoke a key")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id) {
        if (!keys.existsById(id)) {
            throw new OpenAiException(OpenAiError.ofStatus(404, "no key " + id));
        }
        keys.deleteById(id);
        store.refresh();
    }
}
