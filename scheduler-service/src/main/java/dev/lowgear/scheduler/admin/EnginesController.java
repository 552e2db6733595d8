package dev.lowgear.scheduler.admin;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.core.control.EngineView;
import dev.lowgear.scheduler.loop.ControlLoop;

import io.swagger.v3.oas.annotations.Operation;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import java.util.List;

/** The engines that this scheduler decides about now. */
@RestController
class EnginesController {
    private final ControlLoop loop;

    EnginesController(ControlLoop loop) {
        this.loop = loop;
    }

    @Operation(summary = "Engines under this scheduler's control, as of its last decisions")
    @GetMapping(path = "/api/v1/engines", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] engines() {
        List<EngineStatus> engines = loop.engines().stream().map(EngineStatus::of).toList();
        return MessageCodec.encode(engines);
    }

    @Operation(summary = "One engine under this scheduler's control")
    @GetMapping(path = "/api/v1/engines/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> engine(@PathVariable String id) {
        for (EngineView view : loop.engines()) {
            if (view.engine().id().value().equals(id)) {
                return ResponseEntity.ok(MessageCodec.encode(EngineStatus.of(view)));
            }
        }
        throw new ResponseStatusException(
                HttpStatus.NOT_FOUND, "no engine '" + id + "' is under this scheduler's control");
    }
}
