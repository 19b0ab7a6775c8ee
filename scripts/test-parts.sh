#!/bin/bash
# The system parts that tests drive: a browser, nginx, PostgreSQL, wrk, Java, Node.
# As root on Debian or Ubuntu they are installed; otherwise the missing ones are named.
# PARTS=skip goes on without them; the tests concerned then say so.
set -euo pipefail

missing=()

need() { # need PACKAGE COMMAND-OR-FILE...
    local package=$1 part
    shift
    for part in "$@"; do
        if [[ $part == /* ]]; then
            compgen -G "$part" >/dev/null && return
        else
            command -v "$part" >/dev/null && return
        fi
    done
    missing+=("$package")
}

need chromium chromium chromium-browser
need nginx nginx /usr/sbin/nginx
need libnginx-mod-http-cache-purge '/usr/lib/nginx/modules/ngx_http_cache_purge_module.so'
need postgresql initdb '/usr/lib/postgresql/*/bin/initdb'
need postgresql-client pg_dump
need wrk wrk
need default-jre-headless java
need nodejs node
need npm npm

((${#missing[@]})) || exit 0

if [ "${PARTS:-}" = skip ]; then
    printf 'Going on without: %s\n' "${missing[*]}"
    exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    printf '\nStopped: the tests need parts of the system that are missing here:\n' >&2
    printf '  %s\n' "${missing[@]}" >&2
    printf 'On Debian or Ubuntu: sudo apt-get install %s\n' "${missing[*]}" >&2
    printf 'Or go on without them, skipping what needs them: make test PARTS=skip\n' >&2
    exit 1
fi
printf 'Installing parts of the system for the tests: %s\n' "${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    printf '\nStopped: apt-get could not install %s (see above).\n' "${missing[*]}" >&2
    exit 1
fi
rm -f "$log"
