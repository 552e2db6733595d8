package dev.lowgear.agent.openai;

import dev.lowgear.agent.engine.EngineFront;
import dev.lowgear.agent.engine.EngineFronts;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** The models this node serves. */
@RestController
class ModelsController {
    private final EngineFronts engines;

    ModelsController(EngineFronts engines) {
        this.engines = engines;
    }

    record Models(String object, List<Model> data) {}

    record Model(String id, String object, long created, String owned_by) {}

    @GetMapping("/v1/models")
    Models models() {
        return new Models(
                "list",
                engines.all().stream()
                        .map(EngineFront::servedModel)
                        .distinct()
                        .map(model -> new Model(model, "model", 0, "lowgear"))
                        .toList());
    }
}
