#!/bin/sh
# Makes the base images where none can be pulled: a plain Debian, one with a Java runtime, one with Prometheus.
# Needs root, debootstrap and Docker. What is there already is left as it is.
set -eu
SUITE=bookworm

make_base() {
  name="$1"
  include="$2"
  if docker image inspect "$name" >/dev/null 2>&1; then return; fi
  folder="$(mktemp -d)"
  debootstrap --variant=minbase ${include:+--include="$include"} "$SUITE" "$folder/root" >"$folder/log" 2>&1 || {
    tail -n 20 "$folder/log" >&2
    exit 1
  }
  # Packages that were fetched and lists of them are of no use any more.
  rm -rf "$folder/root/var/cache/apt/archives" "$folder/root/var/lib/apt/lists"
  tar -C "$folder/root" -c . | docker import - "$name" >/dev/null
  rm -rf "$folder"
}

make_base liaison-base/debian:$SUITE ""
make_base liaison-base/java:$SUITE openjdk-17-jre-headless
make_base liaison-base/prometheus:$SUITE prometheus
