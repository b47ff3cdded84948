#!/bin/sh
exec java -Xmx"${KAFKA_HEAP:-320m}" -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -cp '/opt/kafka/libs/*' kafka.Kafka "$@"
