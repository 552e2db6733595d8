#!/usr/bin/env bash
# A database and a user for each service that has one; none may connect to another's. Runs once,
# when the server's data folder is created. Schemas are the services' own (Flyway).
set -euo pipefail

create() {
    psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
        --set name="$1" --set password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8';
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

create lowgear_gateway "${LOWGEAR_GATEWAY_DATABASE_PASSWORD:?}"
create lowgear_scheduler "${LOWGEAR_SCHEDULER_DATABASE_PASSWORD:?}"
create lowgear_model "${LOWGEAR_MODEL_DATABASE_PASSWORD:?}"
