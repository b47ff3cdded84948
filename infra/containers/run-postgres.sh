#!/bin/sh
# Runs PostgreSQL from the workspace's own binaries; the first time its data folder is prepared.
set -eu
binaries="$(dirname "$(find /app/node_modules/.pnpm -path '*linux-x64/native/bin/postgres' | head -n 1)")"
if [ ! -f /data/postgresql/PG_VERSION ]; then
  "$binaries/initdb" --pgdata=/data/postgresql --username=postgres --pwfile=/run/liaison/postgres-password \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --data-checksums
  echo 'host all all all scram-sha-256' >>/data/postgresql/pg_hba.conf
fi
exec "$binaries/postgres" -D /data/postgresql -c listen_addresses='*' -c unix_socket_directories= -c max_connections=250 \
  -c track_commit_timestamp=on
