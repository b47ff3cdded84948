#!/bin/sh
# Runs the broker of a file of properties; the first time its data folder is prepared.
set -eu
properties="$1"
[ -f /data/kafka/meta.properties ] || /opt/kafka/bin/kafka-storage.sh format "--cluster-id=$CLUSTER_ID" -c "$properties"
exec /opt/kafka/bin/kafka-server-start.sh "$properties"
