"""HEAD is answered as GET without its body (RFC 9110, 9.3.2).

Zope looks for a method named HEAD and finds WebDAV's, which refuses folders
and pages alike; monitors, link checkers and proxies ask with HEAD.
"""

from collections.abc import Callable
from collections.abc import Iterable


class HeadAsGet:
    """WSGI filter: hands HEAD on as GET and drops the body."""

    def __init__(self, app: Callable) -> None:
        self.app = app

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ.get("REQUEST_METHOD") != "HEAD":
            return self.app(environ, start_response)
        result = self.app({**environ, "REQUEST_METHOD": "GET"}, start_response)
        close = getattr(result, "close", None)
        if close is not None:
            close()
        return []
