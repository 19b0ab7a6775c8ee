"""The server blocks: one per address, one that drops strangers, one for this machine only."""

from heinsberg.portal.municipality.nginx import policy
from heinsberg.portal.municipality.nginx.maps import block
from heinsberg.portal.municipality.nginx.maps import names
from heinsberg.portal.municipality.nginx.model import Address
from heinsberg.portal.municipality.nginx.model import ENTRANCE
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
    zone = f"hp_m_{address.zone}" if address.own else "$hp_common_zone"
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
    lines += [f"proxy_cache {zone};", f'proxy_cache_key "{address.origin}$hp_path$hp_arguments $hp_encoding";']
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
    page = [f"limit_req zone=hp_forms burst={policy.FORM_BURST} nodelay;", target]
    return [
        block(f'location ~* "{names(policy.LOGIN_NAMES)}"', login),
        block("location /", page),
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
        "error_page 502 503 504 =503 @hp_down;",
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
    """Return the block in which PURGE below a place empties the cache of that place."""
    places = [(path + "/", f"m_{zone}") for path, zone in address.places]
    top = f"m_{address.zone}" if address.own else ENTRANCE
    lines = [f"listen {options.purge_listen};", f"server_name {address.host};", "access_log off;",
             "allow 127.0.0.1;", "allow ::1;", "deny all;",
             "if ($request_method != PURGE) { return 405; }"]  # fmt: skip
    for path, zone in [("/", top), *places]:
        lines.append(block(f"location {path}", [
            f"proxy_cache hp_{zone};",
            "proxy_cache_key -;",
            "proxy_cache_purge PURGE purge_all from 127.0.0.1;",
            "proxy_pass http://hp_portal;",
        ]))  # fmt: skip
    return block("server", lines)
