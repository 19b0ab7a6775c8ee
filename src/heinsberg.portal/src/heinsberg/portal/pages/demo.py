"""The demonstration's users: who they are and what they may do."""

from dataclasses import dataclass
from heinsberg.portal.municipality import api as municipality
from zope.component.hooks import getSite


#: Names ending so never resolve (RFC 2606): nobody gets a mail by mistake.
MAIL_DOMAIN = "example.invalid"


@dataclass(frozen=True, slots=True)
class Person:
    """One demonstration user."""

    login: str
    name: str
    description: str
    groups: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """Return a mailbox that does not exist."""
        return f"{self.login}@{MAIL_DOMAIN}"


def people(site) -> list[Person]:
    """Return the users of a site: one for the whole portal, two for each municipality."""
    found = [
        Person(
            "portal-admin", "Portaladministration", "Site Administrator of the whole portal", roles=("Site Administrator",)
        )
    ]
    for info in municipality.municipalities(site):
        found.append(
            Person(
                f"redaktion-{info.id}",
                f"Redaktion {info.name}",
                f"editor of {info.official_name}",
                groups=(f"{info.id}-editors",),
            )
        )
        found.append(
            Person(
                f"verwaltung-{info.id}",
                f"Verwaltung {info.name}",
                f"administrator of {info.official_name}",
                groups=(f"{info.id}-administrators",),
            )
        )
    return found


def users(site=None) -> list[tuple[str, str]]:
    """Return (login, role) of the demonstration's users; none without a portal."""
    site = site if site is not None else getSite()
    return [(person.login, person.description) for person in people(site)] if site is not None else []
