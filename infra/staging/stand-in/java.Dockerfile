# Stands in for eclipse-temurin: a runtime linked from this machine's JDK, at the same path.
FROM lowgear-stand-in/debian
COPY java /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
CMD ["bash"]
