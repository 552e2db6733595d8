# Stands in for postgres: the server's own binaries from Maven Central, Debian's psql, and an
# entrypoint that knows what docker-compose.yml and the tests use of the real one.
FROM lowgear-stand-in/debian
RUN groupadd --system --gid 999 postgres && useradd --system --uid 999 --gid 999 postgres \
 && install -d -o postgres -g postgres -m 1777 /var/lib/postgresql /var/run/postgresql \
 && install -d /docker-entrypoint-initdb.d
COPY postgres /usr/local
COPY postgres-run/docker-entrypoint.sh /usr/local/bin/
ENV PGDATA=/var/lib/postgresql/18/docker LANG=C.UTF-8
VOLUME /var/lib/postgresql
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
