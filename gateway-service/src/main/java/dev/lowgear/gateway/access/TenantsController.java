package dev.lowgear.gateway.access;

import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import io.swagger.v3.oas.annotations.Operation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

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

/** Who may use the models. */
@RestController
@RequestMapping("/api/v1/tenants")
class TenantsController {
    private final Tenants tenants;
    private final ApiKeys keys;
    private final InstantSource time;

    TenantsController(Tenants tenants, ApiKeys keys, InstantSource time) {
        this.tenants = tenants;
        this.keys = keys;
        this.time = time;
    }

    /**
     * A tenant to be.
     *
     * @param grantedClasses SLO classes its requests may name; none or absent for any
     */
    record NewTenant(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,64}") String name,
            @Nullable List<@NotNull String> grantedClasses) {}

    /** A tenant. */
    record TenantView(String name, List<String> grantedClasses, Instant createdAt) {
        static TenantView of(Tenant tenant) {
            return new TenantView(tenant.name(), tenant.grantedClasses(), tenant.createdAt());
        }
    }

    @Operation(summary = "Every tenant")
    @GetMapping
    List<TenantView> list() {
        return tenants.findAllByOrderByName().stream().map(TenantView::of).toList();
    }

    @Operation(summary = "Add a tenant")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    TenantView create(@Valid @RequestBody NewTenant asked) {
        if (tenants.existsById(asked.name())) {
            throw conflict("there is a tenant " + asked.name() + " already");
        }
        List<String> classes = asked.grantedClasses();
        return TenantView.of(
                tenants.save(
                        new Tenant(
                                asked.name(),
                                classes == null ? List.of() : classes,
                                time.instant())));
    }

    @Operation(summary = "Remove a tenant that has no keys")
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name) {
        if (!tenants.existsById(name)) {
            throw new OpenAiException(OpenAiError.ofStatus(404, "no tenant " + name));
        }
        if (keys.existsByTenantName(name)) {
            throw conflict("tenant " + name + " still has keys");
        }
        tenants.deleteById(name);
    }

    private static OpenAiException conflict(String message) {
        return new OpenAiException(OpenAiError.ofStatus(409, message));
    }
}
