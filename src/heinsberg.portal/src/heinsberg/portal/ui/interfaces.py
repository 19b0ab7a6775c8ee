"""Slots that higher rooms fill."""

from zope.interface import Attribute
from zope.interface import Interface


class IFrameSource(Interface):
    """Adapter on (context, request): where a page gets its frame from."""

    language = Attribute("Language of the frame, one of the municipality's")

    def frame():
        """Return the Frame, kept in the process by the municipality's counter."""

    def keep(what, *parts, make):
        """Return what ``make()`` returned for these parts, until something in the municipality changes.

        Municipality, its counters, language and address belong to the key
        already. ``parts`` names whatever else the thing depends on; never a
        host, a user or a query.
        """

    def counter_of(info):
        """Return the counter of another municipality, for ``parts``."""

    def stamp():
        """Return what the page depends on beside itself: a tuple for its ETag."""

    def canonical(path=None):
        """Return the one address of the page, or of a physical path, for search engines."""

    def language_links():
        """Return a Link per language of the municipality, the present one marked."""


class IPageSlot(Interface):
    """Named adapter on (context, request, view): HTML for one place of the frame.

    Names begin with the place: ``warnings``, ``account``, ``editor-bar``, or
    ``below:<order>-<room>`` for what stands between content and footer.
    ``render()`` returns safe HTML or an empty string.
    """

    def render():
        """Return safe HTML, or an empty string."""
