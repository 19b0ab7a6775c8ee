"""The http level of the configuration: what all addresses share.

Variables of ours begin with ``hp_``. Patterns on ``$request_uri`` see the
path as it was sent; those on ``$uri`` see it decoded once and normalised,
which is what Zope makes of it too.
"""

from heinsberg.portal.municipality.nginx import policy
from heinsberg.portal.municipality.nginx.model import Address
from heinsberg.portal.municipality.nginx.model import Options

import re


def block(head: str, lines) -> str:
    """Return a block of the configuration with its lines indented."""
    inner = "".join(f"    {line}\n" for text in lines for line in text.rstrip("\n").split("\n"))
    return f"{head} {{\n{inner}}}\n"


def _map(source: str, variable: str, rows) -> str:
    return block(f"map {source} ${variable}", rows)


def names(patterns) -> str:
    """Return a pattern for a step of a path, also as a view (@@ or ++view++)."""
    return r"/(@@|\+\+view\+\+)?(" + "|".join(patterns) + r")(/|$)"


def refusals() -> str:
    """Return the maps that find what no address, or no municipality's domain, answers."""
    crooked = (
        "default 0;",
        "# Dot segments, empty segments, and encodings that hide a separator or an encoding.",
        r'"~^[^?]*//" 1;',
        r'"~*^[^?]*/(\.|%2e)(\.|%2e)?([/?;]|$)" 1;',
        r'"~*^[^?]*(%2f|%5c|%25|%7f|%[01][0-9a-f])" 1;',
        r'"~^[^?]*\x5c" 1;',
        "# Ours, for requests that nginx makes by itself.",
        '"~*^/(_|%5f)hp(_|%5f)" 1;',
    )
    closed = (
        "default 0;",
        f'"~{policy.OPEN_PATH}" 0;',
        '"~*virtualhost(base|root|monster)" 1;',
        r'"~*/_vh_" 1;',
        r'"~*(\+\+vh|\+\+skin|\+\+attribute|\+\+etc|\+\+debug|\+\+acquire)" 1;',
        r'"~*\+\+api\+\+.*\+\+api\+\+" 1;',
        '"~*^/health(/|$)" 1;',
        f'"~*{names(policy.CLOSED_NAMES)}" 1;',
    )
    here = ("default 0;", f'"~*{names(policy.CLOSED_ON_DOMAINS)}" 1;')
    return "\n".join(
        (
            _map("$request_uri", "hp_crooked", crooked),
            _map("$uri", "hp_closed", closed),
            _map("$uri", "hp_closed_on_domains", here),
            _methods("hp_method_refused_own", policy.METHODS_OWN),
            _methods("hp_method_refused_common", policy.METHODS_COMMON),
        )
    )


def _methods(variable: str, methods) -> str:
    return _map("$request_method", variable, ("default 1;", *(f"{name} 0;" for name in sorted(methods))))


def caching() -> str:
    """Return the maps that decide what is cached and what its key is."""
    values = "|".join(f"{name}={value}" for name, value in sorted(policy.CACHED_ARGUMENTS.items()))
    cookies = "|".join(re.escape(name) for name in policy.PERSONAL_COOKIES)
    count = len(policy.CACHED_ARGUMENTS) - 1
    return "\n".join(
        (
            _map("$request_uri", "hp_path", ('default "/";', r'"~^(?<hp_p>/[^?]*)" $hp_p;')),
            "# Only these arguments are part of a key; with any other the portal answers by itself.\n"
            + _map("$args", "hp_arguments", (
                "default -;", '"" "";', f'"~^(?<hp_a>({values})(&({values})){{0,{count}}})$" "?$hp_a";',
            )),
            _map("$hp_arguments", "hp_skip_arguments", ("default 0;", "- 1;")),
            "# One spelling per page: no percent-encoding, no endless path.\n"
            + _map("$hp_path", "hp_skip_path", (
                "default 1;", r'"~\+\+api\+\+" 1;', r'"~^/[A-Za-z0-9/._@+~-]{0,400}$" 0;',
            )),
            _map("$http_cookie", "hp_skip_cookie", (
                "default 0;", f'"~(^|[;,\\s])(__Host-|__Secure-)?({cookies})[^=;]*=" 1;',
            )),
            _map("$http_accept", "hp_skip_accept", ("default 0;", '"~*json" 1;')),
            _map("$upstream_http_vary", "hp_skip_vary", (
                "default 1;", '"" 0;', '"~*^accept-encoding$" 0;',
            )),
            "# Whatever a browser says, there are two answers: compressed or not.\n"
            + _map("$http_accept_encoding", "hp_encoding", (
                'default "";', r'"~*gzip\s*;\s*q=0(\.0*)?\s*(,|$)" "";', '"~*gzip" gzip;',
            )),
        )
    )  # fmt: skip


def caches(found: list[Address], options: Options) -> str:
    """Return the cache of pages, that of generations, and which place a path belongs to."""
    folder = options.folders.cache
    rows = ['default "";']
    for address in found:
        for path, name in address.places:
            rows.append(f'"~^{re.escape(path)}(/|$)" "/{name}";')
    return (
        f"proxy_cache_path {folder}/pages levels=1:2 keys_zone=hp_pages:32m "
        f"max_size={policy.CACHE_SIZE} inactive={policy.CACHE_INACTIVE} use_temp_path=off;\n"
        f"proxy_cache_path {folder}/generations keys_zone=hp_generations:1m "
        f"max_size=16m inactive=7d use_temp_path=off;\n\n"
        + _map("$hp_path", "hp_place", rows)
        + "\n"
        + _map("$hp_generation", "hp_skip_generation", ("default 0;", '"" 1;'))
    )


def common_rest(found: list[Address]) -> str:
    """Return the map that takes the prefix of the common address off the raw path."""
    common = next(address for address in found if not address.own)
    prefix = re.escape(common.prefix)
    return _map("$request_uri", "hp_common_rest", (
        'default "-";', f'"~^{prefix}(?<hp_r>[/?].*)?$" "$hp_r";',
    ))  # fmt: skip


def headers() -> str:
    """Return the maps that fill in security headers only where the portal set none."""
    rows = [
        _map(f"$upstream_http_{name}", f"hp_{name}", ('default "";', f'"" "{value}";'))
        for name, _header, value in policy.MISSING_HEADERS
    ]
    rows.append(
        _map("$upstream_http_strict_transport_security", "hp_hsts",
             ('default "";', f'"" "{policy.HSTS}";'))
    )  # fmt: skip
    return "\n".join(rows)


def limits() -> str:
    """Return the rates: signing in, and sending forms, each by the visitor's address."""
    return "\n".join(
        (
            _map("$request_method", "hp_sender", ('default "";', "POST $binary_remote_addr;",
                 "PUT $binary_remote_addr;", "PATCH $binary_remote_addr;", "DELETE $binary_remote_addr;")),
            f"limit_req_zone $binary_remote_addr zone=hp_login:4m rate={policy.LOGIN_RATE};\n"
            f"limit_req_zone $hp_sender zone=hp_forms:4m rate={policy.FORM_RATE};\n"
            "limit_req_status 429;\n"
            "limit_req_log_level info;\n",
        )
    )  # fmt: skip


def logging(options: Options) -> str:
    """Return the access log: JSON lines, no query string, no referrer, a shortened address."""
    client = _map("$remote_addr", "hp_client", (
        'default "";',
        r'"~^(?<hp_v4>[0-9]+\.[0-9]+\.[0-9]+)\." "$hp_v4.0/24";',
        r'"~^(?<hp_v6>[0-9a-f]+:[0-9a-f]+:[0-9a-f]+):" "$hp_v6::/48";',
    ))  # fmt: skip
    fields = (
        ("time", "$time_iso8601"), ("request", "$request_id"), ("client", "$hp_client"),
        ("host", "$server_name"), ("method", "$request_method"), ("path", "$hp_path"),
        ("status", "$status"), ("bytes", "$body_bytes_sent"), ("seconds", "$request_time"),
        ("portal_seconds", "$upstream_response_time"), ("cache", "$upstream_cache_status"),
    )  # fmt: skip
    text = ",".join(f'"{name}":"{value}"' for name, value in fields)
    return (
        f"{client}\nlog_format hp_lines escape=json '{{{text}}}';\n"
        f"access_log {options.folders.log}/portal-access.jsonl hp_lines;\n"
    )
