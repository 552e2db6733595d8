#!/usr/bin/env bash
# Creates the databases on the first start, runs /docker-entrypoint-initdb.d, becomes the server.
set -euo pipefail
if [[ $1 != postgres ]]; then
    exec "$@"
fi
if [[ $(id -u) == 0 ]]; then
    install -d -o postgres -g postgres -m 0700 "$PGDATA"
    exec setpriv --reuid postgres --regid postgres --clear-groups "$0" "$@"
fi
export POSTGRES_USER=${POSTGRES_USER:-postgres}
export POSTGRES_DB=${POSTGRES_DB:-$POSTGRES_USER}
if [[ ! -s $PGDATA/PG_VERSION ]]; then
    : "${POSTGRES_PASSWORD:?}"
    mkdir -p "$PGDATA"
    initdb --pgdata="$PGDATA" --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") \
        --auth-host=scram-sha-256 --auth-local=trust --encoding=UTF8 --no-instructions
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
    pg_ctl --pgdata="$PGDATA" --wait start -o "-c listen_addresses= -c unix_socket_directories=/var/run/postgresql"
    export PGHOST=/var/run/postgresql
    if [[ $POSTGRES_DB != postgres ]]; then
        psql --username "$POSTGRES_USER" --dbname postgres --command "CREATE DATABASE \"$POSTGRES_DB\""
    fi
    for file in /docker-entrypoint-initdb.d/*; do
        case $file in
        *.sh) if [[ -x $file ]]; then "$file"; else . "$file"; fi ;;
        *.sql) psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --file "$file" ;;
        esac
    done
    unset PGHOST
    pg_ctl --pgdata="$PGDATA" --wait --mode=fast stop
fi
exec "$@" -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
