package dev.lowgear.gateway.admin;

import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.fleet.Fleet;
import dev.lowgear.gateway.web.Answers;

import io.swagger.v3.oas.annotations.Operation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Who owns which part of the admin API. */
@RestController
class OwnersController {
    private final OwnerClient client;
    private final Owner scheduler;
    private final Owner modelService;
    private final Fleet fleet;

    OwnersController(OwnerClient client, GatewayProperties properties, Fleet fleet) {
        this.client = client;
        this.fleet = fleet;
        scheduler = new Owner("the scheduler", properties.schedulerUrl());
        modelService = new Owner("the model service", properties.modelServiceUrl());
    }

    @Operation(summary = "Policies, engines under control and decisions: owned by the scheduler")
    @RequestMapping({"/api/v1/slo-policies/**", "/api/v1/engines/**", "/api/v1/decisions/**"})
    void scheduler(HttpServletRequest request, HttpServletResponse response) throws IOException {
        client.pass(scheduler, request.getServletPath(), request, response);
    }

    @Operation(summary = "Models and performance tables: owned by the model service")
    @RequestMapping({"/api/v1/models/**", "/api/v1/performance-tables/**", "/api/v1/energy/**"})
    void modelService(HttpServletRequest request, HttpServletResponse response) throws IOException {
        client.pass(modelService, request.getServletPath(), request, response);
    }

    @Operation(summary = "What one agent knows: its /api/v1/…, under its id")
    @RequestMapping("/api/v1/agents/{agentId}/{*path}")
    void agent(
            @PathVariable String agentId,
            @PathVariable String path,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<URI> url = fleet.urlOf(agentId);
        if (url.isEmpty()) {
            Answers.problem(response, 404, "Not Found", "no agent " + agentId);
            return;
        }
        client.pass(new Owner("agent " + agentId, url.get()), "/api/v1" + path, request, response);
    }
}
