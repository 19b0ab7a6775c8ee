"""Headers of public pages: what the browser may do with them, and who may keep them.

Sources: CSP level 3; RFC 9110 (ETag, If-None-Match), RFC 9111 (shared caches).
"""

from heinsberg.portal.foundation.settings import settings


#: Everything comes from the page's own address; nothing inline, nothing framed.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)

SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

#: Seconds a shared cache may keep a page: long where it is purged, short where it is not.
PURGED_AGE = 3600
UNPURGED_AGE = 30
#: Seconds in which a cache may answer with the old page while it asks for the new one.
STALE = 30
#: Pages show opening states and notices: never older than this without a change.
BUCKET = 300


def secure(request) -> None:
    """Set the security headers of a public page."""
    response = request.response
    for name, value in SECURITY.items():
        response.setHeader(name, value)
    if request.get("SERVER_URL", "").startswith("https://"):
        response.setHeader("Strict-Transport-Security", "max-age=31536000")


def private(request) -> None:
    """Nobody keeps this page: forms, errors, pages of people who are signed in."""
    response = request.response
    response.setHeader("Cache-Control", "private, no-store")
    # An error page comes after the headers of the page that failed.
    response.headers.pop("etag", None)


def shared(request, stamp: tuple, moment: float) -> bool:
    """Let caches keep an anonymous page; True when the visitor's copy is still right (304)."""
    response = request.response
    age = min(PURGED_AGE, BUCKET) if settings().purge_urls else UNPURGED_AGE
    bucket = int(moment // BUCKET)
    tag = 'W/"' + ".".join(str(part) for part in (*stamp, bucket)) + '"'
    response.setHeader("Cache-Control", f"public, max-age=0, s-maxage={age}, stale-while-revalidate={STALE}")
    response.setHeader("ETag", tag)
    response.setHeader("Vary", "Accept-Encoding")
    return _matches(request.get_header("If-None-Match") or "", tag)


def _matches(header: str, tag: str) -> bool:
    opaque = tag.removeprefix("W/")
    return any(part.strip().removeprefix("W/") == opaque for part in header.split(","))
