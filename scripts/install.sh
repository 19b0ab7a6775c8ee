#!/bin/bash
# The steps of `make install`: environment, packages, render, npm, lock.
# Each step says what it does, keeps its output for the case of failure only,
# and may be repeated at any time.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly venv=.venv
readonly log=var/log/install.log

say() { printf '%s\n' "$*"; }

fail() {
    printf '\nStopped: %s\n' "$1" >&2
    shift
    (($# == 0)) || printf '  %s\n' "$@" >&2
    exit 1
}

# Run a command quietly; show its last lines only when it fails.
quietly() {
    local what=$1 begun=$SECONDS
    shift
    mkdir -p "$(dirname "$log")" || fail "var/log cannot be written." "Check the rights and the free space of this folder."
    say "  $what …"
    if ! "$@" >"$log" 2>&1; then
        tail -n 25 "$log" >&2
        if grep -qi 'no space left' "$log"; then
            fail "the disk is full." "Free some space ($(df -h . | awk 'END{print $4}') left here), then run make again."
        fi
        fail "$what did not succeed." "The whole output is in $log." "After mending the cause, run make again: it goes on from here."
    fi
    (($SECONDS - begun < 2)) || say "    done in $((SECONDS - begun)) s"
}

find_python() {
    local candidate
    for candidate in ${PYTHON3:-} python3 python3.11 python3.12 python3.13; do
        command -v "$candidate" >/dev/null || continue
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "no Python 3.11, 3.12 or 3.13 was found." \
        "On Debian or Ubuntu: apt-get install python3 python3-venv" \
        "If it lies elsewhere: PYTHON3=/path/to/python3.11 make run"
}

check_disk() {
    local free
    free=$(df -Pk . | awk 'END{print $4}')
    ((free > 1500000)) || fail "only $((free / 1024)) MB are free here; the installation needs about 1500 MB." \
        "Free some space, then run make again."
}

environment() {
    local python
    python=$(find_python)
    check_disk
    say "Preparing the Python environment ($("$python" -V))"
    "$python" -c 'import venv, ensurepip' 2>/dev/null || fail "this Python cannot make virtual environments." \
        "On Debian or Ubuntu: apt-get install python3-venv"
    rm -f "$venv"/.*ready
    quietly "virtual environment in $venv" "$python" -m venv --clear "$venv"
    if ! "$venv/bin/python" -m pip install --quiet "uv==$1" >"${TMPDIR:-/tmp}/portal-uv.$$" 2>&1; then
        say "  uv $1 could not be installed, pip installs instead (slower):"
        tail -n 3 "${TMPDIR:-/tmp}/portal-uv.$$" | sed 's/^/    /'
    fi
    rm -f "${TMPDIR:-/tmp}/portal-uv.$$"
    printf '%s %s\n' "$PWD" "$1" >"$venv/.ready"
}

packages() {
    check_disk
    say "Installing the locked packages ($1)"
    if [ -x "$venv/bin/uv" ]; then
        eval "$("$venv/bin/python" scripts/pip_settings_for_uv.py)"
        quietly "$(grep -c == constraints.txt) versions are pinned in constraints.txt" \
            "$venv/bin/uv" pip install --python "$venv/bin/python" -r "$1"
    else
        quietly "$(grep -c == constraints.txt) versions are pinned in constraints.txt" \
            "$venv/bin/python" -m pip install -r "$1"
    fi
}

render() {
    say "Rendering bin/ and parts/"
    quietly "buildout, offline" "$venv/bin/buildout" -q
    [ -x bin/portal ] || fail "buildout did not render bin/portal." "See $log."
}

npm_packages() {
    command -v npm >/dev/null || fail "npm is missing." "On Debian or Ubuntu: apt-get install nodejs npm"
    say "Installing the browser test libraries (tests/npm)"
    quietly "npm ci" npm ci --prefix tests/npm --no-audit --no-fund --ignore-scripts
}

lock() {
    [ -x "$venv/bin/uv" ] || fail "make lock needs uv, which could not be installed here."
    eval "$("$venv/bin/python" scripts/pip_settings_for_uv.py)"
    quietly "resolving the newest allowed versions" "$venv/bin/uv" pip compile --upgrade --python-version 3.11 \
        --no-annotate --no-header --output-file constraints.txt requirements-test.in
}

case ${1:-} in
environment) environment "$2" ;;
packages) packages "$2" ;;
render) render ;;
npm) npm_packages ;;
lock) lock ;;
*) fail "usage: scripts/install.sh environment|packages|render|npm|lock" ;;
esac
