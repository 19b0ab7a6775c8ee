"""The whole configuration as one text; the same input gives the same text."""

from heinsberg.portal.municipality.nginx import maps
from heinsberg.portal.municipality.nginx import policy
from heinsberg.portal.municipality.nginx import servers
from heinsberg.portal.municipality.nginx.model import Address
from heinsberg.portal.municipality.nginx.model import Options


HEAD = """\
# Made by "bin/portal nginx" from the domains of the subsites: do not edit, make it anew.
# What it does is told in docs/nginx.md.
"""

COMPRESSION = """\
gzip on;
gzip_comp_level 5;
gzip_min_length 512;
gzip_proxied any;
gzip_vary on;
gzip_types application/json application/ld+json application/manifest+json application/xml
           image/svg+xml text/css text/javascript text/plain text/xml;
# With libnginx-mod-http-brotli-filter installed and loaded:
# brotli on; brotli_comp_level 5; brotli_types (the same as gzip_types);
"""

TIMES = """\
client_header_timeout 15s;
client_body_timeout 30s;
send_timeout 30s;
keepalive_timeout 60s;
reset_timedout_connection on;
large_client_header_buffers 4 8k;
client_body_buffer_size 64k;
proxy_connect_timeout 3s;
proxy_send_timeout 30s;
proxy_read_timeout 60s;
proxy_next_upstream error timeout;
proxy_next_upstream_tries 2;
"""

PROXY = """\
proxy_http_version 1.1;
proxy_redirect off;
proxy_hide_header X-Request-Id;
proxy_hide_header X-Powered-By;
# What is kept, and how long, says the portal by s-maxage: there is no proxy_cache_valid.
# One request fetches a page, the others wait for it; a page that is out of date is asked for
# by its ETag; when the portal is down, the last page is better than none.
proxy_cache_lock on;
proxy_cache_lock_timeout 10s;
proxy_cache_revalidate on;
proxy_cache_background_update on;
proxy_cache_use_stale error timeout http_500 http_502 http_503 http_504;
# A page's key holds the generation of its municipality, a number that changes with its texts.
# hp_skip_vary and hp_encoding take the place of Vary, which a visitor could multiply.
proxy_ignore_headers Vary X-Accel-Expires X-Accel-Redirect X-Accel-Charset;
proxy_cache_bypass $hp_skip_arguments $hp_skip_path $hp_skip_cookie $hp_skip_accept $http_authorization
                   $hp_skip_generation;
proxy_no_cache $hp_skip_arguments $hp_skip_path $hp_skip_cookie $hp_skip_accept $http_authorization
               $hp_skip_generation $hp_skip_vary;
"""

TLS = f"""\
ssl_protocols {policy.TLS_PROTOCOLS};
ssl_ciphers {policy.TLS_CIPHERS};
ssl_prefer_server_ciphers off;
ssl_session_timeout 1d;
ssl_session_cache shared:hp_tls:10m;
ssl_session_tickets off;
"""


def render(found: list[Address], options: Options) -> str:
    """Return nginx.conf for these addresses."""
    http = [
        _basics(options),
        maps.logging(options),
        COMPRESSION,
        TIMES,
        _upstream(options),
        maps.refusals(),
        maps.limits(),
        maps.headers(),
        maps.caching(),
        maps.caches(found, options),
        maps.common_rest(found),
        PROXY,
    ]
    if any(servers.tls_listens(address, options) for address in found):
        http.append(TLS)
    http.append(servers.strangers(found, options))
    http += [servers.public(address, options) for address in found]
    http.append(servers.local(found, options))
    return HEAD + _top(options) + "\n" + maps.block("http", ["\n".join(http)])


def _top(options: Options) -> str:
    lines = [
        *([] if options.unprivileged else ["user www-data;"]),
        "worker_processes auto;",
        f"pid {options.folders.pid};",
        "# Errors below this level would name whole addresses and query strings of visitors.",
        f"error_log {options.folders.log}/portal-error.log crit;",
    ]
    return "\n".join(lines) + "\n" + maps.block("events", ["worker_connections 2048;"])


def _basics(options: Options) -> str:
    lines = ["include /etc/nginx/mime.types;", "default_type application/octet-stream;",
             "server_tokens off;", "sendfile on;", "merge_slashes on;", "absolute_redirect off;",
             "map_hash_bucket_size 128;", "server_names_hash_bucket_size 128;",
             "variables_hash_max_size 2048;"]  # fmt: skip
    if options.folders.temporary:
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        lines += [f"{kind}_temp_path {options.folders.temporary}/{kind};" for kind in kinds]
    return "\n".join(lines) + "\n"


def _upstream(options: Options) -> str:
    backends = [f"server {one} max_fails=2 fail_timeout=5s;" for one in sorted(set(options.upstreams))]
    if len(backends) == 1:
        # Without a second one, giving up on the only backend helps nobody.
        backends = [f"server {options.upstreams[0]} max_fails=0;"]
    return maps.block("upstream hp_portal", ["zone hp_portal 256k;", "least_conn;", *backends, "keepalive 16;"])
