"""Who may keep an answer: RFC 9110 (ETag, If-None-Match), RFC 9111 (shared caches)."""

from heinsberg.portal.foundation.settings import settings


#: Seconds a shared cache may keep an answer: long where it is purged, short where it is not.
PURGED_AGE, UNPURGED_AGE = 300, 30
#: Seconds after which an answer counts as new although nothing changed: dates of publication pass.
BUCKET = 300


def entity_tag(stamp: tuple, moment: float) -> str:
    """Return the weak ETag of what depends on a stamp at a moment (seconds since 1970)."""
    return 'W/"' + ".".join(str(part) for part in (*stamp, int(moment // BUCKET))) + '"'


def matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names a tag; ``*`` does not, since it asks for any."""
    opaque = tag.removeprefix("W/")
    return any(part.strip().removeprefix("W/") == opaque for part in header.split(","))


def shared_headers(tag: str, vary: str) -> dict[str, str]:
    """Return the headers of an answer that every visitor gets alike."""
    age = PURGED_AGE if settings().purge_urls else UNPURGED_AGE
    return {
        "Cache-Control": f"public, max-age=0, s-maxage={age}, must-revalidate",
        "ETag": tag,
        "Vary": vary,
    }


PRIVATE_HEADERS = {"Cache-Control": "private, no-store"}
