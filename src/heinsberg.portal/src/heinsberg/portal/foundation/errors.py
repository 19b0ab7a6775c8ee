"""Errors that carry a sentence for the reader beside the cause for the log."""


class PortalError(Exception):
    """Something the reader can be told in a plain sentence.

    ``message`` is translatable and free of technical detail; ``status`` is
    the HTTP status an edge answers with.
    """

    status = 400

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(detail or str(message))
        self.message = message
        self.detail = detail


class NotFoundError(PortalError):
    """What was asked for does not exist, or is not shown to this person."""

    status = 404


class ConfigurationError(PortalError):
    """A deployment is set up in a way that cannot work; the message says how to mend it."""

    status = 500
