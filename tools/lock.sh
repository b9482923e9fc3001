#!/bin/sh
# Resolves the four lock files anew: versions and hashes, no addresses. Needs `uv` on the PATH or as a module.
set -eu
uv=${UV:-uv}
compile() {
  "$uv" pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
    --python-version 3.11 --universal "$@"
}
printf 'hatchling\neditables\nnodejs-wheel\n' > build-requirements.in
trap 'rm -f build-requirements.in spark.in dev.in models.in' EXIT
compile pyproject.toml build-requirements.in -o requirements.lock
sed -n 's/^spark = \["\(.*\)"\]$/\1/p' pyproject.toml > spark.in
compile spark.in -c requirements.lock -o requirements-spark.lock
sed -n '/^models = \[/,/^\]/s/^ *"\(.*\)",$/\1/p' pyproject.toml > models.in
compile models.in -c requirements.lock -o requirements-models.lock
sed -n '/^dev = \[/,/^\]/s/^ *"\(.*\)",$/\1/p' pyproject.toml > dev.in
compile dev.in -c requirements.lock -c requirements-models.lock -o requirements-dev.lock
