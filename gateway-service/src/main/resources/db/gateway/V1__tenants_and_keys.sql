CREATE TABLE tenant (
    name            text PRIMARY KEY CHECK (name ~ '^[A-Za-z0-9._-]{1,64}$'),
    granted_classes text[] NOT NULL DEFAULT '{}', -- SLO classes its requests may name; none: any
    created_at      timestamptz NOT NULL
);

CREATE TABLE api_key (
    id         uuid PRIMARY KEY,
    tenant     text REFERENCES tenant (name),
    label      text NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
    sha256     text NOT NULL UNIQUE CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    role       text NOT NULL CHECK (role IN ('USER', 'VIEWER', 'OPERATOR', 'ADMIN')),
    created_at timestamptz NOT NULL
);
