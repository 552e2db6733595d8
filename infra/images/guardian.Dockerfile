# The guardian, from the four libraries of the agent's jar that it consists of. It runs as root,
# because a driver lets nobody else set clocks, with the one capability that docker-compose.yml
# leaves it, no network and nothing writable but its two folders.
FROM eclipse-temurin:25.0.3_9-jre-noble AS layout
COPY target/*-exec.jar /layout/service.jar
RUN java -Djarmode=tools -jar /layout/service.jar extract --destination /layout/app \
 && mkdir /layout/guardian \
 && cp /layout/app/lib/gpu-guardian-*.jar /layout/app/lib/core-0*.jar /layout/app/lib/jna-*.jar \
      /layout/app/lib/jspecify-*.jar /layout/guardian/

FROM eclipse-temurin:25.0.3_9-jre-noble
# The agent's user, which may open the socket and share simulated GPUs, has the same numbers here.
RUN groupadd --system --gid 10001 lowgear \
 && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/lowgear lowgear \
 && install -d -o root -g lowgear -m 2770 /run/lowgear /var/lib/lowgear-gpu \
 && install -d -o root -g root -m 0700 /var/lib/lowgear-guardian
COPY --from=layout /layout/guardian /app
ENV JDK_JAVA_OPTIONS="-Xms4m -Xmx16m -Xss256k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=8m -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -Xshare:auto -Djna.tmpdir=/var/lib/lowgear-guardian --enable-native-access=ALL-UNNAMED"
# A guardian that answered once and then misses two answers in a row is stopped, or hangs in a driver
# call. It is killed (it is the child of docker's init, process 1), and the next one resets from its
# journal. /dev/shm begins empty with every start of the container.
RUN printf '%s\n' \
      '#!/usr/bin/env bash' \
      'missed=/dev/shm/missed' \
      'if java -cp "/app/*" dev.lowgear.guardian.Guardian --config "$1" --status; then' \
      '    echo 0 >"$missed"' \
      '    exit 0' \
      'fi' \
      'if [[ -f $missed ]]; then' \
      '    count=$(($(<"$missed") + 1))' \
      '    echo "$count" >"$missed"' \
      '    for process in /proc/[0-9]*; do' \
      '        if ((count >= 2)) && [[ $(<"$process/stat") =~ \)\ [A-Za-z]\ 1\  ]]; then' \
      '            kill -KILL "${process#/proc/}"' \
      '        fi' \
      '    done' \
      'fi' \
      'exit 1' >/app/healthcheck && chmod 0755 /app/healthcheck
USER 0:0
HEALTHCHECK --interval=3s --timeout=5s --start-period=30s --retries=3 \
  CMD ["/app/healthcheck", "/etc/lowgear/guardian.properties"]
ENTRYPOINT ["java", "-cp", "/app/*", "dev.lowgear.guardian.Guardian", "--config", "/etc/lowgear/guardian.properties"]
