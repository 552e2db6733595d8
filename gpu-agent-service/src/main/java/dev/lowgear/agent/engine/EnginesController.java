package dev.lowgear.agent.engine;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import java.util.List;

/**
 * The engines of this node, and the way to give their clocks back with the rest of the system down.
 */
@RestController
class EnginesController {
    private final EngineFronts engines;

    EnginesController(EngineFronts engines) {
        this.engines = engines;
    }

    @GetMapping("/api/v1/engines")
    List<EngineStatus> engines() {
        return engines.all().stream().map(EngineFront::status).toList();
    }

    @GetMapping("/api/v1/engines/{id}")
    EngineStatus engine(@PathVariable String id) {
        return find(id).status();
    }

    @PostMapping("/api/v1/engines/{id}/release")
    EngineStatus release(@PathVariable String id) {
        EngineFront engine = find(id);
        engine.release();
        return engine.status();
    }

    private EngineFront find(String id) {
        return engines.all().stream()
                .filter(engine -> engine.id().value().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no engine " + id));
    }
}
