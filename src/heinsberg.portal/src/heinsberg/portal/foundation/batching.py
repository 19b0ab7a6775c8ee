"""Pages of a list in plone.restapi's form, with addresses that no Host header reaches."""

from collections.abc import Mapping
from urllib.parse import urlencode


def batch(
    address: str, parameters: Mapping[str, str], total: int, start: int, size: int
) -> dict[str, object]:
    """Return ``@id``, ``items_total`` and, where there is more than one page, ``batching``.

    ``address`` is the service's own, ``parameters`` are those of the query
    without b_start and b_size. A start beyond the end is an empty page, whose
    ``prev`` is the last one.
    """

    def at(begin: int) -> str:
        return _with(address, {**parameters, "b_start": str(begin), "b_size": str(size)})

    answer: dict[str, object] = {"@id": _with(address, parameters), "items_total": total}
    if total <= size and start == 0:
        return answer
    last = max(total - 1, 0) // size * size
    links = {"@id": at(start), "first": at(0), "last": at(last)}
    if start + size < total:
        links["next"] = at(start + size)
    if start > 0:
        links["prev"] = at(max(min(start - size, last), 0))
    answer["batching"] = links
    return answer


def _with(address: str, parameters: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(parameters)}" if parameters else address
