package dev.lowgear.model.registry;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** One trained model and what became of it. */
@Entity
@Table(name = "model_version")
class ModelVersion {
    private static final ModelQuality NONE =
            new ModelQuality(0, 0, null, null, null, null, false, null, null, null);

    @Id private int version;
    @Version private int revision;
    private String fingerprint;
    private String tableId;
    private String servedModel;
    private String gpuModel;
    private int tensorParallel;

    @Enumerated(EnumType.STRING)
    private ModelState state;

    private String reason;
    private Instant createdAt;
    private @Nullable Instant activatedAt;
    private Instant trainedFrom;
    private Instant trainedTo;
    private long trainingMillis;
    private long telemetryRows;
    @Embedded private ModelQuality quality;

    /** For JPA, which fills the fields. */
    protected ModelVersion() {
        fingerprint = "";
        tableId = "";
        servedModel = "";
        gpuModel = "";
        state = ModelState.REJECTED;
        reason = "";
        createdAt = Instant.EPOCH;
        trainedFrom = Instant.EPOCH;
        trainedTo = Instant.EPOCH;
        quality = NONE;
    }

    /** A version that was just trained; it is not in force yet. */
    ModelVersion(TrainedVersion trained, boolean accepted) {
        version = trained.table().identity().version();
        fingerprint = trained.table().identity().fingerprint();
        tableId = trained.table().identity().tableId();
        servedModel = trained.table().identity().servedModel();
        gpuModel = trained.table().identity().gpuModel();
        tensorParallel = trained.table().identity().tensorParallel();
        state = accepted ? ModelState.CANDIDATE : ModelState.REJECTED;
        reason = trained.verdict().reason();
        createdAt = trained.at();
        trainedFrom = trained.table().quality().trainedFrom();
        trainedTo = trained.table().quality().trainedTo();
        trainingMillis = trained.took().toMillis();
        telemetryRows = trained.telemetryRows();
        quality = ModelQuality.of(trained.table().quality());
    }

    void activate(Instant at) {
        state = ModelState.ACTIVE;
        activatedAt = at;
    }

    /** Another version takes over. */
    void standBy() {
        state = ModelState.CANDIDATE;
    }

    void rollBack() {
        state = ModelState.ROLLED_BACK;
    }

    int version() {
        return version;
    }

    int revision() {
        return revision;
    }

    String fingerprint() {
        return fingerprint;
    }

    ModelState state() {
        return state;
    }

    /** When it was trained, and on how much. */
    LastTraining training() {
        return new LastTraining(createdAt, telemetryRows);
    }

    ModelQuality quality() {
        return quality;
    }

    /** This version as the API shows it. */
    ModelView view() {
        return new ModelView(
                version,
                fingerprint,
                servedModel,
                gpuModel,
                tensorParallel,
                tableId,
                state,
                reason,
                createdAt,
                activatedAt,
                trainedFrom,
                trainedTo,
                trainingMillis,
                quality);
    }
}
