package dev.lowgear.model.registry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

import java.util.List;
import java.util.function.Function;

/** The quality of what is in force, as gauges by fingerprint. */
class QualityPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(QualityPublisher.class);

    private final RegistryStore registry;
    private final MultiGauge version;
    private final MultiGauge r2;
    private final MultiGauge mape;
    private final MultiGauge priorMape;
    private final MultiGauge samples;

    QualityPublisher(RegistryStore registry, MeterRegistry meters) {
        this.registry = registry;
        version = MultiGauge.builder("lowgear.model.version").register(meters);
        r2 = MultiGauge.builder("lowgear.model.r2").register(meters);
        mape = MultiGauge.builder("lowgear.model.mape").register(meters);
        priorMape = MultiGauge.builder("lowgear.model.prior.mape").register(meters);
        samples = MultiGauge.builder("lowgear.model.samples").register(meters);
    }

    @Scheduled(fixedDelayString = "${lowgear.model.registry.publish-every}")
    void refresh() {
        try {
            List<ModelVersion> inForce = registry.inForce();
            show(version, inForce, ModelVersion::version);
            show(r2, inForce, active -> active.quality().r2());
            show(mape, inForce, active -> active.quality().mape());
            show(priorMape, inForce, active -> active.quality().priorMape());
            show(samples, inForce, active -> active.quality().samples());
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("quality=unknown reason=\"{}\"", e.getMessage());
        }
    }

    private static void show(
            MultiGauge gauge,
            List<ModelVersion> versions,
            Function<ModelVersion, @Nullable Number> figure) {
        gauge.register(
                versions.stream()
                        .map(active ->
                                MultiGauge.Row.of(
                                        Tags.of("fingerprint", active.fingerprint()),
                                        orNotANumber(figure.apply(active))))
                        .toList(),
                true);
    }

    private static Number orNotANumber(@Nullable Number figure) {
        return figure == null ? Double.NaN : figure;
    }
}
