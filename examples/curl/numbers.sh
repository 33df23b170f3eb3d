#!/bin/sh
# Publishes numbers, stamped with the time of the server: numbers.sh 22.5 50
set -eu
curl --silent --show-error --fail-with-body --retry 5 \
  --header "Authorization: Bearer $SENIO_PUBLISH_KEY" \
  --header 'Content-Type: application/json' \
  --data "{\"data\": {\"temp\": ${1:-22.5}, \"humidity\": ${2:-50}}}" \
  "$SENIO_PUBLISH_URL?clock=server"
echo
