"""The server blocks: one per address, one that drops strangers, one for this machine only."""

from heinsberg.portal.municipality.nginx import policy
from heinsberg.portal.municipality.nginx.maps import block
from heinsberg.portal.municipality.nginx.maps import names
from heinsberg.portal.municipality.nginx.model import Address
from heinsberg.portal.municipality.nginx.model import Options


def plain_listens(address: Address, options: Options) -> list[str]:
    """Return where the address is reached without TLS."""
    if options.listen:
        return [options.listen]
    port = address.port if address.scheme == "http" else 80
    return [f"{port}", f"[::]:{port}"]


def tls_listens(address: Address, options: Options) -> list[str]:
    """Return where the address is reached with TLS; nowhere if it is not meant to be."""
    if options.http_only or address.scheme != "https":
        return []
    if options.listen_tls:
        return [options.listen_tls]
    return [f"{address.port}", f"[::]:{address.port}"]


def strangers(found: list[Address], options: Options) -> str:
    """Return the block for hosts that are not ours: the connection is dropped."""
    plain = sorted({one for address in found for one in plain_listens(address, options)})
    tls = sorted({one for address in found for one in tls_listens(address, options)})
    lines = [f"listen {one} default_server;" for one in plain]
    lines += [f"listen {one} ssl http2 default_server;" for one in tls]
    lines += ["server_name _;"]
    if tls:
        lines += ["ssl_reject_handshake on;"]
    return block("server", [*lines, "access_log off;", "return 444;"])


def public(address: Address, options: Options) -> str:
    """Return the blocks of one address: the redirect to https, and the address itself."""
    tls = tls_listens(address, options)
    if not tls:
        return _served(address, options, [f"listen {one};" for one in plain_listens(address, options)])
    redirect = block("server", [
        *(f"listen {one};" for one in plain_listens(address, options)),
        f"server_name {address.host};",
        f"return 301 {address.origin}$request_uri;",
    ])  # fmt: skip
    keys = options.certificates / address.host
    listens = [f"listen {one} ssl http2;" for one in tls]
    certificate = [f"ssl_certificate {keys}/fullchain.pem;", f"ssl_certificate_key {keys}/privkey.pem;"]
    return redirect + "\n" + _served(address, options, listens + certificate)


def _served(address: Address, options: Options, listens: list[str]) -> str:
    kind = "own" if address.own else "common"
    lines = [*listens, f"server_name {address.host};", ""]
    lines += ["if ($hp_crooked) { return 404; }", "if ($hp_closed) { return 404; }"]
    if address.own:
        lines += ["if ($hp_closed_on_domains) { return 404; }"]
    if address.prefix:
        lines += [f"if ($request_uri = /) {{ return 302 {address.origin}{address.prefix}; }}"]
        lines += ["if ($hp_common_rest = -) { return 404; }"]
    lines += [f"if ($hp_method_refused_{kind}) {{ return 405; }}", ""]
    lines += [*_headers(address), "", *_proxy_headers(address), ""]
    lines += [f"client_max_body_size {policy.BODY_OWN if address.own else policy.BODY_COMMON};"]
    lines += ["proxy_cache hp_pages;"]
    lines += [f'proxy_cache_key "{address.origin}$hp_path$hp_arguments $hp_encoding $hp_generation";']
    lines += ["", *_errors(), "", *_locations(address)]
    return block("server", lines)


def _locations(address: Address) -> list[str]:
    rest = "$hp_common_rest" if address.prefix else "$request_uri"
    target = f"proxy_pass http://hp_portal{address.virtual_root}{rest};"
    login = [
        f"limit_req zone=hp_login burst={policy.LOGIN_BURST} nodelay;",
        f"client_max_body_size {policy.BODY_LOGIN};",
        "proxy_cache off;",
        target,
    ]
    # Files of the themes carry a hash in their path and outlive every generation.
    assets = ["set $hp_generation asset;", target]
    page = [
        f"limit_req zone=hp_forms burst={policy.FORM_BURST} nodelay;",
        "auth_request /_hp_generation;",
        "auth_request_set $hp_generation $upstream_http_x_generation;",
        target,
    ]
    return [
        block(f'location ~* "{names(policy.LOGIN_NAMES)}"', login),
        block("location ~ /@@assets/", assets),
        block("location /", page),
        block("location = /_hp_generation", _generation(address)),
        "location @hp_no_generation { internal; return 204; }",
    ]


def generation_key(municipality: str) -> str:
    """Return the one key under which the generation of a municipality, or of the entrance, is kept."""
    return f'"generation /{municipality}"' if municipality else '"generation "'


def _generation(address: Address) -> list[str]:
    """Ask the portal which generation the pages have; kept, and emptied by PURGE."""
    key = generation_key(address.municipality) if address.own else '"generation $hp_place"'
    place = "" if address.own else "$hp_place"
    return [
        "internal;",
        *_asked(key),
        # Without a generation a page is not kept, but shown.
        "proxy_intercept_errors on;",
        "error_page 400 401 403 404 500 502 503 504 = @hp_no_generation;",
        f"proxy_pass http://hp_portal{address.virtual_root}{place}/@@page-generation;",
    ]


def _asked(key: str) -> list[str]:
    return [
        "proxy_pass_request_body off;",
        "proxy_pass_request_headers off;",
        "proxy_cache hp_generations;",
        f"proxy_cache_key {key};",
        "proxy_no_cache 0;",
        "proxy_cache_bypass 0;",
    ]


def _headers(address: Address) -> list[str]:
    lines = [
        f"add_header {header} $hp_{name} always;" for name, header, _value in policy.MISSING_HEADERS
    ]
    if address.scheme == "https":
        lines.append("add_header Strict-Transport-Security $hp_hsts always;")
    return [*lines, "add_header X-Request-Id $request_id always;", "add_header X-Cache $upstream_cache_status;"]


def _proxy_headers(address: Address) -> list[str]:
    """What the portal is told: by us, never by the visitor."""
    lines = [
        f"proxy_set_header Host {address.authority};",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        f"proxy_set_header X-Forwarded-Proto {address.scheme};",
        "proxy_set_header X-Real-IP $remote_addr;",
        "proxy_set_header X-Request-Id $request_id;",
        "proxy_set_header Accept-Encoding $hp_encoding;",
        'proxy_set_header Connection "";',
    ]
    return lines + [f'proxy_set_header {name} "";' for name in policy.UNTRUSTED_HEADERS]


def _errors() -> list[str]:
    return [
        "error_page 500 502 503 504 =503 @hp_down;",
        "error_page 429 @hp_busy;",
        _sentence("@hp_down", 503, policy.DOWN_PAGE, 120),
        _sentence("@hp_busy", 429, policy.BUSY_PAGE, 60),
    ]


def _sentence(name: str, status: int, page: str, seconds: int) -> str:
    return block(f"location {name}", [
        "internal;",
        'default_type "text/html; charset=utf-8";',
        "add_header Cache-Control no-store always;",
        f"add_header Retry-After {seconds} always;",
        f'return {status} "{page}";',
    ])  # fmt: skip


def local(found: list[Address], options: Options) -> str:
    """Return the blocks for this machine: health of the portal, and emptying caches."""
    listen = options.purge_listen
    lines = [f"listen {listen} default_server;", "server_name _;", "access_log off;",
             "allow 127.0.0.1;", "allow ::1;", "deny all;"]  # fmt: skip
    health = ["limit_except GET { deny all; }", "proxy_cache off;", "proxy_pass http://hp_portal;"]
    blocks = [block("server", [*lines, block("location /health/", health), "location / { return 444; }"])]
    if options.purge:
        blocks += [_purging(address, options) for address in found]
    return "\n".join(blocks)


def _purging(address: Address, options: Options) -> str:
    """Return the block in which PURGE below a place makes that place's pages out of date.

    It asks the portal for the place's generation, past the cache, and keeps the
    answer in place of the old one: plain nginx can do that, unlike removing.
    """
    lines = [f"listen {options.purge_listen};", f"server_name {address.host};", "access_log off;",
             "allow 127.0.0.1;", "allow ::1;", "deny all;",
             f"proxy_set_header Host {address.authority};", 'proxy_set_header Connection "";']  # fmt: skip
    for path, municipality in [("/", address.municipality), *address.places]:
        place = f"/{municipality}" if municipality else "/"
        for one in [path] if path == "/" else [f"= {path}", f"{path}/"]:
            lines.append(block(f"location {one}", [
                "if ($request_method != PURGE) { return 405; }",
                # Makes it a GET, which alone can be kept.
                f"error_page 418 =200 /_hp_refresh{place};",
                "return 418;",
            ]))  # fmt: skip
        below = "" if address.own else place.rstrip("/")
        lines.append(block(f"location = /_hp_refresh{place}", [
            "internal;",
            *[line for line in _asked(generation_key(municipality)) if "bypass" not in line],
            "proxy_cache_bypass 1;",
            "proxy_cache_use_stale off;",
            f"proxy_pass http://hp_portal{address.virtual_root}{below}/@@page-generation;",
        ]))  # fmt: skip
    return block("server", lines)
