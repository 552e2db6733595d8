package dev.lowgear.gateway.completion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.lowgear.gateway.fleet.Fleet;
import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import io.swagger.v3.oas.annotations.Operation;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.time.InstantSource;
import java.util.List;

/** The models that can be asked for. */
@RestController
class ModelsController {
    private final Fleet fleet;
    private final long startedSeconds;

    ModelsController(Fleet fleet, InstantSource time) {
        this.fleet = fleet;
        startedSeconds = time.instant().getEpochSecond();
    }

    /** A list as OpenAI has it. */
    record ModelList(String object, List<Model> data) {}

    /**
     * A model as OpenAI has it, with the field that many clients of vLLM read.
     *
     * @param maxModelLen most tokens of prompt and answer together; absent if not known
     */
    record Model(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("max_model_len")
                    @Nullable Integer maxModelLen) {}

    @Operation(summary = "Every model that some engine serves")
    @GetMapping("/v1/models")
    ModelList list() {
        return new ModelList("list", fleet.models().stream().map(this::model).toList());
    }

    @Operation(summary = "One model")
    @GetMapping("/v1/models/{*id}")
    Model get(@PathVariable String id) {
        return model(id.substring(1)); // a model's name may have slashes in it
    }

    private Model model(String name) {
        Fleet.ServedModel served =
                fleet.model(name)
                        .orElseThrow(() -> new OpenAiException(OpenAiError.unknownModel(name)));
        int length = served.maximumLength();
        return new Model(
                name, "model", startedSeconds, "lowgear", length == 0 ? null : (Integer) length);
    }
}
