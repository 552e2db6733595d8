package dev.lowgear.gateway.admin;

import dev.lowgear.gateway.fleet.Fleet;

import io.swagger.v3.oas.annotations.Operation;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** The agents as this gateway sees them. */
@RestController
class AgentsController {
    private final Fleet fleet;

    AgentsController(Fleet fleet) {
        this.fleet = fleet;
    }

    @Operation(summary = "Every agent this gateway knows, and whether it can be reached")
    @GetMapping("/api/v1/agents")
    List<Fleet.AgentStatus> agents() {
        return fleet.agents(System.nanoTime());
    }
}
