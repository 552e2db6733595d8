#!/usr/bin/env bash
exec java -XX:TieredStopAtLevel=1 -cp '/opt/kafka/config:/opt/kafka/libs/*' org.apache.kafka.tools.TopicCommand "$@"
