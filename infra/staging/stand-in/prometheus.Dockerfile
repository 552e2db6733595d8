# Stands in for prom/prometheus: Debian's build, at the same paths.
FROM lowgear-stand-in/debian
COPY prometheus /bin/
RUN install -d -o nobody -g nogroup /prometheus /etc/prometheus
USER nobody
EXPOSE 9090
VOLUME ["/prometheus"]
WORKDIR /prometheus
ENTRYPOINT ["/bin/prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
