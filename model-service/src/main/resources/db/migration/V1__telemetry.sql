-- Telemetry as it came, in hourly partitions by the broker's append time; there is no unique index:
-- what makes ingest exactly once is the offset, advanced in the transaction that copies the rows.

CREATE TABLE iteration_telemetry (
    received_at            timestamptz NOT NULL,
    start_epoch_micros     bigint NOT NULL,
    incarnation            bigint NOT NULL,
    iteration              bigint NOT NULL,
    busy_micros            bigint NOT NULL,
    rest_micros            bigint,
    pace_micros            bigint,
    prefill_context_tokens bigint,
    kv_tokens              bigint,
    kv_blocks              bigint,
    kv_blocks_total        bigint,
    busy_millijoules       bigint,
    rest_millijoules       bigint,
    schema_version         integer NOT NULL,
    tensor_parallel        integer NOT NULL,
    running_requests       integer NOT NULL,
    queued_requests        integer,
    prefill_tokens         integer NOT NULL,
    prefill_requests       integer,
    decode_tokens          integer NOT NULL,
    requested_clock_mhz    integer,
    measured_clock_mhz     integer,
    iterations             integer NOT NULL,
    agent_id               text NOT NULL,
    engine_id              text NOT NULL,
    served_model           text NOT NULL,
    fingerprint            text NOT NULL,
    gpu_model              text NOT NULL,
    clock_event_reasons    text,
    decision_id            text,
    source                 text NOT NULL
) PARTITION BY RANGE (received_at);
CREATE INDEX iteration_telemetry_received ON iteration_telemetry USING brin (received_at);

CREATE TABLE power_window (
    received_at         timestamptz NOT NULL,
    start_epoch_micros  bigint NOT NULL,
    length_micros       bigint NOT NULL,
    millijoules         bigint NOT NULL,
    busy_fraction       double precision NOT NULL,
    rest_fraction       double precision NOT NULL,
    mean_batch          double precision NOT NULL,
    mean_kv_tokens      double precision NOT NULL,
    mean_prefill_tokens double precision NOT NULL,
    schema_version      integer NOT NULL,
    tensor_parallel     integer NOT NULL,
    clock_mhz           integer,
    stable              boolean NOT NULL,
    agent_id            text NOT NULL,
    engine_id           text NOT NULL,
    served_model        text NOT NULL,
    fingerprint         text NOT NULL,
    gpu_model           text NOT NULL
) PARTITION BY RANGE (received_at);
CREATE INDEX power_window_received ON power_window USING brin (received_at);

CREATE TABLE request_event (
    received_at     timestamptz NOT NULL,
    at_epoch_millis bigint NOT NULL,
    waited_millis   bigint,
    ttft_micros     bigint,
    tbt_mean_micros bigint,
    tbt_tail_micros bigint,
    e2e_micros      bigint,
    millijoules     bigint,
    schema_version  integer NOT NULL,
    prompt_tokens   integer,
    output_tokens   integer,
    max_tokens      integer,
    hit_max_tokens  boolean,
    type            text NOT NULL,
    request_id      text NOT NULL,
    model           text NOT NULL,
    engine_id       text,
    tenant          text,
    policy          text,
    missed          text,
    reason          text
) PARTITION BY RANGE (received_at);
CREATE INDEX request_event_received ON request_event USING brin (received_at);

-- The next offset to read of every partition. Whoever advances it from the value it knows owns the
-- partition; an update of no row means that somebody else does.
CREATE TABLE consumed_offset (
    topic       text NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- Rows ever copied, by Kafka partition so that consumers never wait for each other; the
-- fingerprint is empty where a record has none.
CREATE TABLE telemetry_progress (
    topic       text NOT NULL,
    partition   integer NOT NULL,
    fingerprint text NOT NULL,
    rows        bigint NOT NULL,
    oldest_at   timestamptz NOT NULL,
    newest_at   timestamptz NOT NULL,
    PRIMARY KEY (topic, partition, fingerprint)
);
