"""Operator commands of the room: ``bin/portal nginx``."""

from dataclasses import replace
from heinsberg.portal.municipality import links
from heinsberg.portal.municipality.directory import municipalities
from heinsberg.portal.municipality.nginx import config
from heinsberg.portal.municipality.nginx import model
from pathlib import Path

import argparse


def nginx(site, options: argparse.Namespace, report) -> int:
    """Write the nginx configuration of all addresses to --output, or print it.

    ConfigurationError for a value that cannot stand in a configuration.
    """
    chosen = _options(options)
    infos = municipalities(site)
    found = model.addresses(links.site_path(site), infos, links.common_url())
    found = _without_ourselves(found, chosen, report)
    text = config.render(found, chosen)
    for info in infos:
        if not info.origins:
            report(f"{info.official_name} has no domain of its own: served at the common address only")
    output = getattr(options, "output", None)
    if output:
        Path(output).write_text(text, encoding="utf-8")
        report(f"written: {output} ({len(found)} addresses)")
    else:
        options.write(text)
    return 0


def _options(options: argparse.Namespace) -> model.Options:
    """Return the checked options of the command line."""
    given = vars(options)
    upstreams = given.get("upstream") or ["127.0.0.1:8080"]
    prefix = given.get("prefix")
    default = model.Options()
    return model.Options(
        upstreams=tuple(model.endpoint(one, "--upstream") for one in upstreams),
        certificates=model.folder(
            given.get("certificates") or str(default.certificates), "--certificates"
        ),
        http_only=bool(given.get("http_only")),
        listen=_listen(given.get("listen"), "--listen"),
        listen_tls=_listen(given.get("listen_tls"), "--listen-tls"),
        purge=not given.get("no_purge"),
        purge_listen=model.endpoint(
            given.get("listen_local") or default.purge_listen, "--listen-local"
        ),
        folders=model.Folders.below(prefix) if prefix else default.folders,
        unprivileged=bool(prefix),
    )


def _listen(value: str | None, what: str) -> str | None:
    return model.endpoint(value, what) if value else None


def _without_ourselves(found, chosen: model.Options, report):
    """Leave out the port of Zope itself: the common address of a demonstration has no proxy."""
    ports = {int(one.rpartition(":")[2]) for one in chosen.upstreams}
    common = next(address for address in found if not address.own)
    if chosen.listen or common.scheme == "https" or common.port not in ports:
        return found
    report(
        f"{common.origin} is the portal's own port, which nginx cannot have: set "
        "HEINSBERG_PORTAL_URL to the public address of the portal. Port 80 is used for now."
    )
    return [replace(address, port=80) if address is common else address for address in found]
