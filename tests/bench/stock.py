"""A plain Plone Classic site beside the portal: nothing of ours is loaded.

stock.py make --folder FOLDER --texts texts.json    {"service": {"title", "html"}, "home": {…}}
stock.py serve --folder FOLDER --port 8090 --threads 3
"""

from pathlib import Path

import argparse
import gc
import json
import os


SITE = "plone"
#: A handful of entries in the main navigation, as many as the portal's own menu has.
SECTIONS = ("Lebenslagen", "Leistungen", "Aemter", "Aktuelles")

# The same storage, cache and threads as the portal's (instance/storage-sqlite.conf).
ZOPE_CONF = """\
%import relstorage
instancehome {folder}
clienthome {folder}/var
debug-mode off
security-policy-implementation C
verbose-security off
default-zpublisher-encoding utf-8
<environment>
    CHAMELEON_CACHE {folder}/templates
    zope_i18n_compile_mo_files true
    PTS_LANGUAGES de,en,nl
    zope_i18n_allowed_languages de,en,nl
</environment>
<zodb_db main>
    mount-point /
    cache-size 60000
    pool-size 12
    <relstorage main>
        keep-history false
        cache-local-mb 0
        commit-lock-timeout 30
        blob-dir {folder}/blobs
        shared-blob-dir false
        <sqlite3>
            data-dir {folder}/database
            <pragmas>
                synchronous full
            </pragmas>
        </sqlite3>
    </relstorage>
</zodb_db>
"""

SITE_ZCML = """\
<configure xmlns="http://namespaces.zope.org/zope" xmlns:five="http://namespaces.zope.org/five">
  <include package="Products.Five" />
  <five:loadProducts file="meta.zcml" />
  <five:loadProducts />
  <five:loadProductsOverrides />
  <securityPolicy component="AccessControl.security.SecurityPolicy" />
</configure>
"""


def application(folder: Path):
    """Return Zope's WSGI application on a folder of its own."""
    for name in ("etc", "var", "templates", "blobs", "database"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    conf = folder / "etc" / "zope.conf"
    conf.write_text(ZOPE_CONF.format(folder=folder), encoding="utf-8")
    (folder / "etc" / "site.zcml").write_text(SITE_ZCML, encoding="utf-8")
    # Set before Zope is imported, as a deployment would.
    os.environ["CHAMELEON_CACHE"] = str(folder / "templates")
    for name in ("zope_i18n_allowed_languages", "PTS_LANGUAGES"):
        os.environ[name] = "de,en,nl"
    from Zope2.Startup.run import make_wsgi_app

    app = make_wsgi_app({}, str(conf))
    gc.collect()
    gc.freeze()
    return app


def make(folder: Path, texts: dict[str, dict[str, str]]) -> None:
    """Make the site: two pages with our texts, published, and a few sections."""
    application(folder)
    from AccessControl.SecurityManagement import newSecurityManager
    from AccessControl.SpecialUsers import system
    from Products.CMFPlone.factory import addPloneSite
    from Testing.makerequest import makerequest

    import transaction
    import Zope2

    app = makerequest(Zope2.app())
    newSecurityManager(None, system)
    addPloneSite(
        app, SITE, title="Serviceportal", distribution_name="classic", default_language="de",
        portal_timezone="Europe/Berlin",
    )  # fmt: skip
    site = app[SITE]
    for title in SECTIONS:
        _page(site, title.lower(), title, "<p>Bereich</p>")
    for name, page in texts.items():
        _page(site, name, page["title"], page["html"])
    site.setDefaultPage("home")
    transaction.commit()
    app._p_jar.close()
    for database in Zope2.opened:
        database.close()


def _page(site, name: str, title: str, html: str) -> None:
    from plone.app.textfield.value import RichTextValue

    site.invokeFactory("Document", name, title=title)
    site[name].text = RichTextValue(html, "text/html", "text/x-html-safe")
    site.portal_workflow.doActionFor(site[name], "publish")
    site[name].reindexObject()


def serve(folder: Path, port: int, threads: int) -> None:
    """Answer on 127.0.0.1 until the process is ended."""
    from waitress import serve as waitress

    waitress(application(folder), host="127.0.0.1", port=port, threads=threads, ident=None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("make", "serve"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--port", type=int)
    parser.add_argument("--threads", type=int, default=3)
    options = parser.parse_args()
    if options.command == "make":
        make(options.folder, json.loads(options.texts.read_text(encoding="utf-8")))
    else:
        serve(options.folder, options.port, options.threads)


if __name__ == "__main__":
    main()
