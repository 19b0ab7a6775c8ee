"""What the configuration is made from: options of the operator, addresses of the portal.

Every value that reaches the configuration is checked here against a form that
cannot end a directive, so that no domain, id or folder name can inject one.
"""

from dataclasses import dataclass
from dataclasses import field
from heinsberg.portal.foundation.errors import ConfigurationError
from heinsberg.portal.municipality import rules
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import re


SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,99}")
FOLDER = re.compile(r"/[A-Za-z0-9._/@+-]{0,400}")
ENDPOINT = re.compile(
    r"(?:(?P<host>[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:]{2,45}\]):)?(?P<port>[0-9]{1,5})"
)


def endpoint(value: str, what: str) -> str:
    """Return ``[address:]port`` unchanged when it is one; ConfigurationError otherwise."""
    match = ENDPOINT.fullmatch(value)
    if match is None or not 1 <= int(match["port"]) <= 65535:
        raise ConfigurationError(f"{what} must be like 127.0.0.1:8080.")
    return value


def folder(value: str, what: str) -> PurePosixPath:
    """Return an absolute folder whose name needs no quoting; ConfigurationError otherwise."""
    if not FOLDER.fullmatch(value) or ".." in value.split("/"):
        raise ConfigurationError(
            f"{what} must be an absolute path of letters, digits and . _ - @ + only."
        )
    return PurePosixPath(value)


def segment(value: str) -> str:
    """Return an id that is safe in a path; ConfigurationError otherwise."""
    if not SEGMENT.fullmatch(value):
        raise ConfigurationError("An id in the path of a subsite cannot be used in an address.")
    return value


@dataclass(frozen=True)
class Folders:
    """Where nginx writes."""

    cache: PurePosixPath = PurePosixPath("/var/cache/nginx/portal")
    log: PurePosixPath = PurePosixPath("/var/log/nginx")
    pid: PurePosixPath = PurePosixPath("/run/nginx.pid")
    #: Bodies on their way; None leaves nginx's own folders.
    temporary: PurePosixPath | None = None

    @classmethod
    def below(cls, prefix: str) -> "Folders":
        """Return folders that an unprivileged nginx can use."""
        top = folder(prefix, "--prefix")
        return cls(top / "cache", top / "log", top / "nginx.pid", top / "temporary")

    def all(self) -> list[PurePosixPath]:
        """Return the folders that must exist before nginx starts."""
        return [self.cache, self.log] + ([self.temporary] if self.temporary else [])


@dataclass(frozen=True)
class Options:
    """What the operator chooses; the defaults fit Debian's nginx beside the portal."""

    upstreams: tuple[str, ...] = ("127.0.0.1:8080",)
    certificates: PurePosixPath = PurePosixPath("/etc/nginx/certificates")
    http_only: bool = False
    listen: str | None = None
    listen_tls: str | None = None
    #: Answer PURGE at ``purge_listen``.
    purge: bool = True
    purge_listen: str = "127.0.0.1:8090"
    folders: Folders = field(default_factory=Folders)
    unprivileged: bool = False


@dataclass(frozen=True, order=True)
class Address:
    """One origin and what is served under it.

    ``root``: path of the object at its top, in Zope. ``prefix``: path of the
    top in the address, '' or '/portal'. ``municipality``: whose own domain it
    is; empty for the common address, whose ``places`` are (path, municipality).
    """

    host: str
    scheme: str
    port: int
    root: str
    prefix: str = ""
    municipality: str = ""
    places: tuple[tuple[str, str], ...] = ()

    @property
    def own(self) -> bool:
        """Whether this is the domain of one municipality."""
        return bool(self.municipality)

    @property
    def origin(self) -> str:
        """Return ``scheme://host[:port]``."""
        default = 443 if self.scheme == "https" else 80
        suffix = "" if self.port == default else f":{self.port}"
        return f"{self.scheme}://{self.host}{suffix}"

    @property
    def authority(self) -> str:
        """Return what the Host header of a visitor says."""
        return self.origin.partition("://")[2]

    @property
    def virtual_root(self) -> str:
        """Return the path that tells Zope its public address; the visitor's path follows."""
        parts = "".join(f"/_vh_{part}" for part in self.prefix.split("/") if part)
        return (
            f"/VirtualHostBase/{self.scheme}/{self.host}:{self.port}{self.root}"
            f"/VirtualHostRoot{parts}"
        )


def _address(origin: str, **rest) -> Address:
    try:
        normal = urlsplit(rules.normal_origin(origin))
    except ValueError as exc:
        raise ConfigurationError("One of the portal's addresses is not a valid origin.") from exc
    port = normal.port or (443 if normal.scheme == "https" else 80)
    return Address(host=normal.hostname or "", scheme=normal.scheme, port=port, **rest)


def addresses(site_path: str, municipalities, portal_url: str) -> list[Address]:
    """Return all addresses, sorted: the domains of municipalities, and the common one.

    ConfigurationError when two of them claim the same host.
    """
    top = "".join("/" + segment(part) for part in site_path.split("/") if part)
    found = []
    for info in municipalities:
        name = segment(info.id)
        found += [_address(origin, root=f"{top}/{name}", municipality=name) for origin in info.origins]
    common = urlsplit(portal_url)
    prefix = "".join("/" + segment(part) for part in common.path.split("/") if part)
    places = tuple(sorted((f"{prefix}/{info.id}", info.id) for info in municipalities))
    found.append(
        _address(f"{common.scheme}://{common.netloc}", root=top, prefix=prefix, places=places)
    )
    _refuse_claims(found)
    return sorted(found)


def _refuse_claims(found: list[Address]) -> None:
    """Raise ConfigurationError when one host would have to show two things."""
    owners: dict[str, str] = {}
    for address in found:
        if owners.setdefault(address.host, address.root) != address.root:
            raise ConfigurationError(f"The host {address.host} is claimed twice.")
