-- Every model that was trained, how good it was, and which one is in force.

CREATE SEQUENCE model_version_number AS integer;

CREATE TABLE model_version (
    version          integer PRIMARY KEY,
    revision         integer NOT NULL, -- counts changes of this row
    fingerprint      text NOT NULL,
    table_id         text NOT NULL UNIQUE,
    served_model     text NOT NULL,
    gpu_model        text NOT NULL,
    tensor_parallel  integer NOT NULL,
    state            text NOT NULL
        CHECK (state IN ('CANDIDATE', 'ACTIVE', 'REJECTED', 'ROLLED_BACK')),
    reason           text NOT NULL,
    created_at       timestamptz NOT NULL,
    activated_at     timestamptz,
    trained_from     timestamptz NOT NULL,
    trained_to       timestamptz NOT NULL,
    training_millis  bigint NOT NULL,
    telemetry_rows   bigint NOT NULL, -- rows there were of this fingerprint when it was trained
    samples          bigint NOT NULL,
    held_out         bigint NOT NULL,
    r2               double precision,
    mae_micros       double precision,
    mape             double precision,
    prior_mape       double precision,
    watts_learned    boolean NOT NULL,
    watts_r2         double precision,
    watts_mape       double precision,
    prior_watts_mape double precision
);
CREATE UNIQUE INDEX model_version_active ON model_version (fingerprint) WHERE state = 'ACTIVE';
CREATE INDEX model_version_newest ON model_version (fingerprint, version DESC);

CREATE TABLE model_artifact (
    version       integer PRIMARY KEY REFERENCES model_version ON DELETE CASCADE,
    model         bytea NOT NULL, -- the trained model, to be read by the performance-model module
    table_message bytea NOT NULL  -- its table as it is published
);

-- What the topic of performance tables should say about each fingerprint; changed together with
-- model_version, published afterwards, so that topic and registry never disagree for long.
CREATE TABLE table_publication (
    fingerprint text PRIMARY KEY,
    version     integer, -- null: no table is in force
    pending     boolean NOT NULL
);
