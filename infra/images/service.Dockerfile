# One of the four services, from the executable jar that Maven built. The build context is the
# service's module; its .dockerignore lets nothing but that jar in.
FROM eclipse-temurin:25.0.3_9-jre-noble AS layout
COPY target/*-exec.jar /layout/service.jar
RUN java -Djarmode=tools -jar /layout/service.jar extract --destination /layout/app

FROM eclipse-temurin:25.0.3_9-jre-noble
# Debian packages that the service's native libraries need, if the base does not have them.
ARG PACKAGES=""
RUN if [ -n "$PACKAGES" ] && ! dpkg --status $PACKAGES >/dev/null 2>&1; then \
      apt-get update && apt-get install --yes --no-install-recommends $PACKAGES \
      && rm -rf /var/lib/apt/lists/*; \
    fi \
 && groupadd --system --gid 10001 lowgear \
 && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/lowgear lowgear \
 && install -d -o lowgear -g lowgear -m 2770 /var/lib/lowgear
# Libraries change rarely and make a layer of their own.
COPY --from=layout /layout/app/lib /app/lib
COPY --from=layout /layout/app/service.jar /app/service.jar
ARG PORT
ENV SERVER_PORT=${PORT} \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
EXPOSE ${PORT}
USER 10001:10001
WORKDIR /var/lib/lowgear
# The image has no curl: bash opens the connection.
HEALTHCHECK --interval=5s --timeout=3s --start-period=180s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200'* ]]"]
# Exec form: the JVM is process 1 and gets the SIGTERM that ends it in order.
ENTRYPOINT ["java", "-jar", "/app/service.jar"]
