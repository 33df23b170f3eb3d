#!/bin/sh
# Gives Garage its place in the cluster of one, a bucket, and the key from cluster.env. Once, after its first start.
set -eu
here=$(dirname "$(readlink -f "$0")")
# Read, not run: values may hold anything.
value() {
  sed -n "s/^$1=//p" "$here/../cluster.env"
}
garage() {
  docker compose --env-file "$here/../cluster.env" -f "$here/../compose.cluster.yaml" exec -T s3 /garage "$@"
}
node=$(garage node id -q | cut -d @ -f 1)
garage layout assign -z here -c "${CAPACITY:-100G}" "$node"
garage layout apply --version 1
garage bucket create senio
garage key import --yes -n senio "$(value S3_ACCESS_KEY)" "$(value S3_SECRET_KEY)"
garage bucket allow --read --write --owner senio --key "$(value S3_ACCESS_KEY)"
