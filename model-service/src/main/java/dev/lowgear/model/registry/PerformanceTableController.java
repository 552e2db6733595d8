package dev.lowgear.model.registry;

import dev.lowgear.contract.PerformanceTableMessage;
import dev.lowgear.core.performance.PerformanceTable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Performance tables: the ones in force, and each in full for people and their tools. */
@RestController
@RequestMapping("/api/v1/performance-tables")
class PerformanceTableController {
    private static final String CSV = "text/csv";

    private final RegistryStore registry;

    PerformanceTableController(RegistryStore registry) {
        this.registry = registry;
    }

    /** A table in force. */
    record InForce(String tableId, int version, String fingerprint) {}

    @GetMapping
    List<InForce> inForce() {
        return registry.inForce().stream()
                .map(ModelVersion::view)
                .map(view -> new InForce(view.tableId(), view.version(), view.fingerprint()))
                .toList();
    }

    @GetMapping(value = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    TableView table(@PathVariable String id) {
        return TableView.of(registry.table(id));
    }

    @GetMapping(value = "/{id}", produces = CSV)
    String csv(@PathVariable String id) {
        PerformanceTableMessage message = registry.table(id);
        PerformanceTable table = message.toCore();
        return TableCsv.of(table);
    }
}
