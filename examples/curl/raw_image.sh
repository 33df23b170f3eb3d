#!/bin/sh
# Publishes a picture as the whole body, for what can't build multipart: raw_image.sh earth.jpg
set -eu
curl --silent --show-error --fail-with-body --retry 5 \
  --header "Authorization: Bearer $SENIO_PUBLISH_KEY" \
  --header 'Content-Type: image/jpeg' \
  --data-binary "@$1" \
  "$SENIO_PUBLISH_URL?field=cam1&timestamp=$(date +%s)000"
echo
