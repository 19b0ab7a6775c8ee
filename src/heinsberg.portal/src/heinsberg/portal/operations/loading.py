"""Loads Zope into this process, and opens the site as the administrator."""

from collections.abc import Iterator
from contextlib import contextmanager
from heinsberg.portal.foundation import environment
from heinsberg.portal.operations import preflight
from heinsberg.portal.operations import storage
from heinsberg.portal.operations.interfaces import SITE_ID

import gc


_wsgi_app = None


def load_zope(wsgi_ini: str | None = None):
    """Return the WSGI application, loaded once per process; with its filters when an ini is named."""
    global _wsgi_app
    if _wsgi_app is not None:
        return _wsgi_app
    preflight.check_rendered()
    storage.refuse_unsafe(storage.current())
    if wsgi_ini:
        from paste.deploy import loadapp

        _wsgi_app = loadapp(f"config:{wsgi_ini}")
    else:
        from Zope2.Startup.run import make_wsgi_app

        _wsgi_app = make_wsgi_app({}, str(environment.home() / "instance" / "zope.conf"))
    # What was loaded stays; the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    return _wsgi_app


@contextmanager
def portal_session() -> Iterator[tuple]:
    """Yield (app, site or None) in an own connection, as administrator; aborts on errors."""
    from AccessControl.SecurityManagement import newSecurityManager
    from AccessControl.SecurityManagement import noSecurityManager
    from Testing.makerequest import makerequest
    from zope.component.hooks import setSite
    from zope.globalrequest import clearRequest
    from zope.globalrequest import setRequest

    import transaction
    import Zope2

    transaction.begin()
    environ = {"SERVER_NAME": "localhost", "SERVER_PORT": str(preflight.port())}
    app = makerequest(Zope2.app(), environ=environ)
    connection = app._p_jar
    try:
        setRequest(app.REQUEST)
        newSecurityManager(None, _administrator(app))
        site = app.get(SITE_ID) if SITE_ID in app.objectIds() else None
        if site is not None:
            enter_site(site)
        yield app, site
    finally:
        transaction.abort()
        setSite(None)
        clearRequest()
        noSecurityManager()
        app.REQUEST.close()
        connection.close()


def enter_site(site) -> None:
    """Make a site the current one, with the browser layers its profiles brought."""
    from plone.browserlayer.layer import mark_layer
    from zope.component.hooks import setSite
    from zope.traversing.interfaces import BeforeTraverseEvent

    setSite(site)
    mark_layer(site, BeforeTraverseEvent(site, site.REQUEST))


def _administrator(app):
    """Return Zope's administrator; the system user while there is none."""
    from AccessControl.SpecialUsers import system
    from heinsberg.portal.operations.credentials import ADMIN

    user = app.acl_users.getUser(ADMIN)
    return system if user is None else user.__of__(app.acl_users)
