"""Life situations: the themes, one theme, one situation with its services in the order of life."""

from heinsberg.portal.catalogue import api
from heinsberg.portal.catalogue.browser.base import CataloguePage
from heinsberg.portal.ui.api import Template


class SituationPage(CataloguePage):
    """A theme lists its situations; a situation its services, checklist and neighbours."""

    def update(self) -> None:
        super().update()
        self.text = api.read_life_situation(self.context, self.language, self.address)
        self.lines = self.situation_lines()
        self.meta.description = self.text.description
        self.children = [line for line in self.lines if line.parent == self.text.key]

    @property
    def template(self) -> Template:
        return THEME if self.children else SITUATION

    def services(self):
        return api.services_of(self.source.info.path, self.language, life_situation=self.text.key)

    def steps(self) -> list[tuple[str, list]]:
        """Return (heading, services): before, at and after where there is an order, then the others."""
        by_key = {line.key: line for line in self.services()}
        t = self.t
        groups = (
            (t("Before"), self.text.before),
            (t("When it happens"), self.text.at),
            (t("Afterwards"), self.text.after),
        )
        found = []
        for heading, keys in groups:
            lines = [by_key.pop(key) for key in keys if key in by_key]
            if lines:
                found.append((heading, lines))
        self.others = list(by_key.values())
        return found

    def related(self):
        wanted = set(self.text.related)
        return [line for line in self.lines if line.key in wanted]

    def guides(self):
        return api.guides_of(self.source.info.path, self.language, self.text.key)

    def count(self, line) -> int:
        """Return how many services a situation has."""
        return len(api.services_of(self.source.info.path, self.language, life_situation=line.key))


THEME = Template(__file__, "theme.pt")
SITUATION = Template(__file__, "situation.pt")
