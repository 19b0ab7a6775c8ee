"""The page of an office: how to reach it, when, and what it does."""

from heinsberg.portal.catalogue import api
from heinsberg.portal.catalogue.browser.base import CataloguePage
from heinsberg.portal.catalogue.browser.contact import Contact
from heinsberg.portal.ui.api import Template


class UnitPage(CataloguePage):
    """See the module."""

    template = Template(__file__, "unit.pt")

    def update(self) -> None:
        super().update()
        self.text = api.read_unit(self.context, self.language, self.address)
        self.card = Contact.of(self, self.source.info, self.text)
        self.meta.description = self.text.description

    def services(self):
        return api.services_of(self.source.info.path, self.language, unit=self.text.key)

    def exceptions(self) -> list[tuple[str, str]]:
        """Return (days, what holds) of coming days with other hours."""
        found = []
        for row in self.text.exceptions:
            days = self.day(row.first)
            if row.last != row.first:
                days += " – " + self.day(row.last)
            if row.opens is None:
                what = self.t("Closed")
            else:
                what = f"{row.opens // 60:02d}:{row.opens % 60:02d}–{row.closes // 60:02d}:{row.closes % 60:02d}"
            found.append((days, f"{what} ({row.reason})" if row.reason else what))
        return found
