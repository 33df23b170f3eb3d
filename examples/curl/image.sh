#!/bin/sh
# Publishes a picture and a number as one measurement: image.sh earth.jpg 22.5
# The part with the file is named after the image field; the part "json" holds the rest.
set -eu
timestamp=$(date +%s)000
curl --silent --show-error --fail-with-body --retry 5 \
  --header "Authorization: Bearer $SENIO_PUBLISH_KEY" \
  --form-string "json={\"timestamp\": $timestamp, \"data\": {\"temp\": ${2:-22.5}}}" \
  --form "cam1=@$1" \
  "$SENIO_PUBLISH_URL"
echo
sha1sum "$1"
