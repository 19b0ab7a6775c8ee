"""``@search`` that stays inside the address it was asked at."""

from heinsberg.portal.municipality import links
from plone.restapi.search.handler import SearchHandler
from plone.restapi.search.utils import unflatten_dotted_dict
from plone.restapi.services.search.get import SearchGet
from zExceptions import BadRequest
from zope.component.hooks import getSite


#: Most items in one answer.
LARGEST_BATCH = 200
#: A path that no object has.
NOWHERE = "/*nowhere"


class Search(SearchGet):
    """plone.restapi's search; on a municipality's domain it finds that municipality only."""

    def reply(self):
        for name in ("b_size", "b_start"):
            limited(self.request.form, name)
        query = unflatten_dotted_dict(self.request.form.copy())
        if "path" in query:
            query["path"] = readable(query["path"])
        return _Handler(self.context, self.request).search(query)


class _Handler(SearchHandler):
    def _parse_query(self, query):
        home = links.home_of_domain(getSite(), self.request)
        if home is not None:
            query["path"] = confined(query.get("path"), home.path)
        return super()._parse_query(query)


def limited(query: dict, name: str) -> None:
    """Refuse a batch that is no number, and cut one that asks for the whole site."""
    value = query.get(name)
    if value is None:
        return
    if not (str(value).isascii() and str(value).isdigit()):
        raise BadRequest(f"{name} is a whole number, not {str(value)[:40]!r}.")
    if name == "b_size":
        query[name] = str(min(int(value), LARGEST_BATCH))


def readable(path):
    """Return a path as the stock handler can read it; other kinds of values would end in a 500."""
    if isinstance(path, dict):
        options = dict(path)
        if "query" in options:
            options["query"] = readable(options["query"])
        return options
    if isinstance(path, (list, tuple)):
        return [str(place) for place in path] or NOWHERE
    return str(path)


def confined(path, top: str) -> dict:
    """Return a query of the path index for places below ``top`` only.

    Everything but places and depth is dropped: levels, ranges and negations
    of the index would reach beyond, and so would an empty place.
    """
    options = path if isinstance(path, dict) else {"query": path}
    asked = options.get("query")
    places = asked if isinstance(asked, (list, tuple)) else [asked]
    inside = [place.rstrip("/") for place in places if isinstance(place, str) and _is_inside(place, top)]
    result = {"query": inside or [NOWHERE]}
    if str(options.get("depth", "")).isdigit():
        result["depth"] = options["depth"]
    return result


def _is_inside(place: str, top: str) -> bool:
    return place.rstrip("/") == top or place.startswith(top + "/")
