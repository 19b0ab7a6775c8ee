"""The Municipality type."""

from heinsberg.portal.municipality import rules
from heinsberg.portal.municipality.interfaces import IMunicipality
from plone.dexterity.content import Container
from zope.interface import implementer


@implementer(IMunicipality)
class Municipality(Container):
    """A subsite: official data, contact, theme and domains of one authority."""

    def grammar(self) -> dict[str, str]:
        """Return how German sentences name this authority (see rules.grammar)."""
        words = rules.grammar(self.kind or "stadt", self.title)
        if self.official_name:
            words["official_name"] = self.official_name
            words["the_name"] = f"{'Der' if self.kind == 'kreis' else 'Die'} {self.official_name}"
        return words

    def origins(self) -> tuple[str, ...]:
        """Return own domains as origins, the canonical one first."""
        return tuple(rules.normal_origin(domain) for domain in self.domains or ())
