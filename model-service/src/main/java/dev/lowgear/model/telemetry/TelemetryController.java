package dev.lowgear.model.telemetry;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.sql.SQLException;

/** How much telemetry is stored. */
@RestController
@RequestMapping("/api/v1/telemetry")
class TelemetryController {
    private final SummaryStore summaries;

    TelemetryController(SummaryStore summaries) {
        this.summaries = summaries;
    }

    @GetMapping("/summary")
    TelemetrySummary summary() throws SQLException {
        return summaries.summary();
    }
}
