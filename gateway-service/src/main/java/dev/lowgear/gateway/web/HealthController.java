package dev.lowgear.gateway.web;

import io.swagger.v3.oas.annotations.Operation;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Map;

/** Short probes as inference servers have them; the detailed ones are the actuator's. */
@RestController
class HealthController {
    private final ApplicationAvailability availability;

    HealthController(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @Operation(summary = "200 with an empty body while the gateway answers")
    @GetMapping({"/health", "/ping"})
    void health() {}

    @Operation(summary = "503 if the gateway must be restarted")
    @GetMapping("/health/live")
    ResponseEntity<Map<String, String>> live() {
        return status(availability.getLivenessState() == LivenessState.CORRECT);
    }

    @Operation(summary = "503 while the gateway starts or stops")
    @GetMapping("/health/ready")
    ResponseEntity<Map<String, String>> ready() {
        return status(availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
    }

    private static ResponseEntity<Map<String, String>> status(boolean up) {
        return ResponseEntity.status(up ? 200 : 503).body(Map.of("status", up ? "UP" : "DOWN"));
    }
}
