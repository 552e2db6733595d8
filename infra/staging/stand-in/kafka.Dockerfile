# Stands in for apache/kafka: Kafka's own jars from Maven Central, and the class by which
# the native image turns KAFKA_* variables into a configuration (kafka.docker.KafkaDockerWrapper).
FROM lowgear-stand-in/java
RUN useradd --create-home --uid 1000 appuser \
 && install -d -o appuser -g root -m 0775 /opt/kafka/config /opt/kafka/logs /etc/kafka/docker \
      /etc/kafka/secrets /mnt/shared/config /var/lib/kafka/data
COPY kafka-libs /opt/kafka/libs
COPY kafka-bin /opt/kafka/bin
COPY kafka-run /etc/kafka/docker
COPY --chown=appuser:root kafka-run/logback.xml /opt/kafka/config/
USER appuser
EXPOSE 9092
VOLUME ["/etc/kafka/secrets", "/var/lib/kafka/data", "/mnt/shared/config"]
CMD ["/etc/kafka/docker/run"]
