package dev.lowgear.model.registry;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.PerformanceTableMessage;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The bytes of a version, apart from it: lists of versions must not read megabytes. */
@Entity
@Table(name = "model_artifact")
class ModelArtifact {
    @Id private int version;
    private byte[] model;
    private byte[] tableMessage;

    /** For JPA, which fills the fields. */
    protected ModelArtifact() {
        model = new byte[0];
        tableMessage = new byte[0];
    }

    ModelArtifact(TrainedVersion trained) {
        version = trained.table().identity().version();
        model = trained.model();
        tableMessage = MessageCodec.encode(PerformanceTableMessage.of(trained.table()));
    }

    /** Its table as it is published. */
    byte[] tableMessage() {
        return tableMessage;
    }

    PerformanceTableMessage table() {
        return MessageCodec.decode(tableMessage, PerformanceTableMessage.class);
    }

    int modelBytes() {
        return model.length;
    }
}
