#!/bin/sh
# Publishes a backlog, one measurement a line, compressed: batch.sh < measurements.ndjson
# A line: {"timestamp": 1474383378795, "data": {"temp": 22.5}}
# All of them are stored, or none; the error names the first bad one. At most 10,000 lines a request.
set -eu
gzip --stdout | curl --silent --show-error --fail-with-body \
  --header "Authorization: Bearer $SENIO_PUBLISH_KEY" \
  --header 'Content-Type: application/x-ndjson' \
  --header 'Content-Encoding: gzip' \
  --data-binary @- \
  "$SENIO_PUBLISH_URL"
echo
