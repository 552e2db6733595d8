package dev.lowgear.model.registry;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.Locale;

/** Model versions: what there is, how good it is, and which is to be in force. */
@RestController
@RequestMapping("/api/v1/models")
class ModelController {
    private final RegistryStore registry;
    private final TablePublisher publisher;

    ModelController(RegistryStore registry, TablePublisher publisher) {
        this.registry = registry;
        this.publisher = publisher;
    }

    @GetMapping
    List<ModelView> models(
            @RequestParam @Nullable String fingerprint,
            @RequestParam @Nullable ModelState state,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit) {
        return registry.newest(fingerprint, state, limit).stream().map(ModelVersion::view).toList();
    }

    @GetMapping("/{version}")
    ResponseEntity<ModelView> model(@PathVariable int version) {
        return answer(registry.version(version));
    }

    @PostMapping("/{version}/promote")
    ResponseEntity<ModelView> promote(
            @PathVariable int version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable String ifMatch) {
        ModelVersion promoted = registry.promote(version, revision(ifMatch));
        publisher.publish();
        return answer(promoted);
    }

    @PostMapping("/{version}/roll-back")
    ResponseEntity<ModelView> rollBack(
            @PathVariable int version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable String ifMatch) {
        ModelVersion rolledBack = registry.rollBack(version, revision(ifMatch));
        publisher.publish();
        return answer(rolledBack);
    }

    private static ResponseEntity<ModelView> answer(ModelVersion version) {
        return ResponseEntity.ok().eTag(Integer.toString(version.revision())).body(version.view());
    }

    private static @Nullable Integer revision(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        String tag = ifMatch.strip().toLowerCase(Locale.ROOT).replaceFirst("^w/", "");
        try {
            return Integer.valueOf(tag.replace("\"", ""));
        } catch (NumberFormatException e) {
            throw new IllegalIfMatchException(ifMatch);
        }
    }
}
