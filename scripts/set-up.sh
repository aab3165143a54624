#!/bin/sh
# Make the virtual environment .venv and install hsreview into it: `sh scripts/set-up.sh core|dev [PYTHON]`.
# PYTHON is a command, or a version such as 3.12. Everything is said on stderr: stdout belongs to the program.
set -eu
exec 1>&2
cd -- "$(dirname -- "$0")/.."
kind=$1
wish=${2:-}
unset VIRTUAL_ENV PYTHONHOME

fail() {
    printf 'hsreview: %s\n' "$@"
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    case $wish in
        '') for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
                if new_enough "$name"; then python=$name; return; fi
            done
            fail "Python 3.11 or newer is needed, and none was found." \
                 "Install one, or name it: make demo PYTHON=/path/to/python3" ;;
        3.*) python=python$wish ;;
        *) python=$wish ;;
    esac
    command -v "$python" >/dev/null 2>&1 || fail "$python was not found."
    "$python" -c '' >/dev/null 2>&1 || fail "$python does not start."
    new_enough "$python" || fail "$("$python" --version 2>&1) is too old: hsreview needs Python 3.11 or newer."
}

uv=$(command -v uv || true)
if [ -x .venv/bin/python ] && ! new_enough .venv/bin/python; then
    fail "The folder .venv holds a Python that is missing or too old. Delete .venv and try again."
fi
if [ ! -x .venv/bin/python ]; then
    find_python
    echo "hsreview: making .venv with $("$python" --version)"
    if [ -n "$uv" ]; then
        "$uv" venv --quiet --allow-existing --python "$python" .venv
    else
        "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || fail \
            "$python cannot make virtual environments: its modules venv and ensurepip are missing." \
            "On Debian and Ubuntu: sudo apt install $(basename "$python")-venv"
        "$python" -m venv .venv
    fi
fi

lock=requirements.lock
[ "$kind" = dev ] && lock=requirements-dev.lock
echo "hsreview: installing from $lock (a minute or two the first time)"
if [ -n "$uv" ]; then
    install() { "$uv" pip install --quiet --python .venv/bin/python "$@"; }
    install --compile-bytecode --require-hashes -r "$lock"
else
    install() { .venv/bin/python -m pip --disable-pip-version-check install --quiet "$@"; }
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    awk '/^[^ ]/ { wanted = /^pip==/ } wanted' "$lock" >.venv/pip.lock
    # The pip that comes with older Pythons takes twice as long for everything else.
    install --require-hashes -r .venv/pip.lock
    install --no-compile --require-hashes -r "$lock"
    # The tests of other packages are never run, and pip itself compiles with one processor only.
    .venv/bin/python -m compileall -qq -j 0 -x "/tests/" .venv/lib || true
fi
install --no-deps --no-build-isolation -e .
.venv/bin/python -m compileall -q -j 0 hsreview || true
