#!/bin/sh
# The extracted checker accepts the examples, and rejects each with another claim.
set -eu
cd "$(dirname "$0")"
forged=$(mktemp)
trap 'rm -f "$forged"' EXIT

for example in examples/*.json; do
    printf '%s: ' "$example"
    ./checker "$example"
    # one more than is claimed, or a lower bound of 1000
    sed -E 's/("claim": ?\{"regions": ?)/\19/; s/("lower": ?)("[^"]*"|[0-9]+)/\11000/' "$example" > "$forged"
    status=0
    ./checker "$forged" || status=$?
    if [ "$status" != 3 ]; then
        echo "$example with another claim must be rejected, but the status is $status" >&2
        exit 1
    fi
done
