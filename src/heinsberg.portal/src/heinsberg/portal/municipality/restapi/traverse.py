"""``++api++`` right below a municipality: at the root of its own domain."""

from heinsberg.portal.municipality.interfaces import IMunicipality
from plone.rest.interfaces import IAPIRequest
from plone.rest.traverse import RESTTraverse
from zope.component import adapter


@adapter(IMunicipality, IAPIRequest)
class MunicipalityTraverse(RESTTraverse):
    """plone.rest begins at the site root only, which a municipality's domain does not pass through."""
