package dev.lowgear.model.registry;

import dev.lowgear.contract.PerformanceTableMessage;

import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.transaction.annotation.Transactional;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The versions in PostgreSQL: every change of what is in force is one transaction. */
@Transactional
public class RegistryStore {
    private final ModelVersions versions;
    private final ModelArtifacts artifacts;
    private final TablePublications publications;
    private final InstantSource clock;
    private final int kept;

    RegistryStore(
            ModelVersions versions,
            ModelArtifacts artifacts,
            TablePublications publications,
            InstantSource clock,
            int kept) {
        this.versions = versions;
        this.artifacts = artifacts;
        this.publications = publications;
        this.clock = clock;
        this.kept = kept;
    }

    /** A number no version has. */
    public int nextVersion() {
        return versions.nextNumber();
    }

    /**
     * Enters a version, in force if it was accepted and nobody has rolled its fingerprint back.
     *
     * @return what it is now
     */
    public ModelState add(TrainedVersion trained) {
        String fingerprint = trained.table().identity().fingerprint();
        publications.lock(fingerprint);
        boolean accepted = trained.verdict() instanceof Verdict.Accepted;
        ModelVersion version = versions.save(new ModelVersion(trained, accepted));
        // The artefact's row refers to the version's.
        versions.flush();
        artifacts.save(new ModelArtifact(trained));
        if (accepted && !isHeld(fingerprint)) {
            putInForce(version);
        }
        versions.flush();
        versions.deleteAllButNewest(fingerprint, kept);
        return version.state();
    }

    private boolean isHeld(String fingerprint) {
        return !versions.findByFingerprintAndStateOrderByVersionDesc(
                        fingerprint, ModelState.ROLLED_BACK)
                .isEmpty();
    }

    private void putInForce(ModelVersion version) {
        versions.findByFingerprintAndState(version.fingerprint(), ModelState.ACTIVE)
                .ifPresent(ModelVersion::standBy);
        // At no moment may two versions of a fingerprint be active.
        versions.flush();
        version.activate(clock.instant());
        publication(version.fingerprint()).want(version.version());
    }

    private TablePublication publication(String fingerprint) {
        return publications
                .findById(fingerprint)
                .orElseGet(() -> publications.save(new TablePublication(fingerprint)));
    }

    /** Puts a version in force and lets new ones come into force by themselves again. */
    ModelVersion promote(int number, @Nullable Integer expectedRevision) {
        ModelVersion version = locked(number, expectedRevision);
        switch (version.state()) {
            case ACTIVE ->
                    throw new ImpossibleChangeException("version " + number + " is in force");
            case REJECTED ->
                    throw new ImpossibleChangeException(
                            "version " + number + " was rejected: " + version.view().reason());
            case CANDIDATE, ROLLED_BACK -> {
                versions.findByFingerprintAndStateOrderByVersionDesc(
                                version.fingerprint(), ModelState.ROLLED_BACK)
                        .forEach(ModelVersion::standBy);
                putInForce(version);
            }
        }
        return versions.saveAndFlush(version);
    }

    /**
     * Takes the version in force out of it. The newest older candidate follows; if there is none,
     * the table is withdrawn and engines go on without.
     */
    ModelVersion rollBack(int number, @Nullable Integer expectedRevision) {
        ModelVersion version = locked(number, expectedRevision);
        if (version.state() != ModelState.ACTIVE) {
            throw new ImpossibleChangeException(
                    "version %d is not in force but %s".formatted(number, version.state()));
        }
        version.rollBack();
        versions.flush();
        Optional<ModelVersion> predecessor =
                versions
                        .findByFingerprintAndStateOrderByVersionDesc(
                                version.fingerprint(), ModelState.CANDIDATE)
                        .stream()
                        .filter(candidate -> candidate.version() < number)
                        .findFirst();
        if (predecessor.isPresent()) {
            putInForce(predecessor.get());
        } else {
            publication(version.fingerprint()).want(null);
        }
        return versions.saveAndFlush(version);
    }

    private ModelVersion locked(int number, @Nullable Integer expectedRevision) {
        publications.lock(version(number).fingerprint());
        ModelVersion version = version(number);
        if (expectedRevision != null && expectedRevision != version.revision()) {
            throw new StaleVersionException(number, version.revision());
        }
        return version;
    }

    /** The version of this number. */
    @Transactional(readOnly = true)
    ModelVersion version(int number) {
        return versions.findById(number)
                .orElseThrow(() -> new NoSuchVersionException("there is no version " + number));
    }

    /** The newest versions, of a fingerprint and in a state if asked for. */
    @Transactional(readOnly = true)
    List<ModelVersion> newest(@Nullable String fingerprint, @Nullable ModelState state, int limit) {
        return versions.newest(fingerprint, state, Limit.of(limit));
    }

    /** Every version in force. */
    @Transactional(readOnly = true)
    List<ModelVersion> inForce() {
        return versions.findByStateOrderByFingerprint(ModelState.ACTIVE);
    }

    /** The last training of a fingerprint that came to a version. */
    @Transactional(readOnly = true)
    public Optional<LastTraining> lastTraining(String fingerprint) {
        return versions.findFirstByFingerprintOrderByVersionDesc(fingerprint)
                .map(ModelVersion::training);
    }

    /** The table in force for a fingerprint. */
    @Transactional(readOnly = true)
    public Optional<PerformanceTableMessage> tableInForce(String fingerprint) {
        return versions.findByFingerprintAndState(fingerprint, ModelState.ACTIVE)
                .flatMap(version -> artifacts.findById(version.version()))
                .map(ModelArtifact::table);
    }

    /** The table of this id. */
    @Transactional(readOnly = true)
    PerformanceTableMessage table(String tableId) {
        return versions.findByTableId(tableId)
                .flatMap(version -> artifacts.findById(version.version()))
                .map(ModelArtifact::table)
                .orElseThrow(() -> new NoSuchVersionException("there is no table " + tableId));
    }
}
