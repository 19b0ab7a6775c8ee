"""Public holidays of Nordrhein-Westfalen, by the library ``holidays``."""

from datetime import date
from functools import lru_cache

import holidays


#: German name as the library writes it -> (English, Dutch).
_NAMES = {
    "Neujahr": ("New Year's Day", "Nieuwjaarsdag"),
    "Karfreitag": ("Good Friday", "Goede Vrijdag"),
    "Ostermontag": ("Easter Monday", "Paasmaandag"),
    "Erster Mai": ("Labour Day", "Dag van de Arbeid"),
    "Christi Himmelfahrt": ("Ascension Day", "Hemelvaartsdag"),
    "Pfingstmontag": ("Whit Monday", "Pinkstermaandag"),
    "Fronleichnam": ("Corpus Christi", "Sacramentsdag"),
    "Tag der Deutschen Einheit": ("German Unity Day", "Dag van de Duitse Eenheid"),
    "Allerheiligen": ("All Saints' Day", "Allerheiligen"),
    "Erster Weihnachtstag": ("Christmas Day", "Eerste Kerstdag"),
    "Zweiter Weihnachtstag": ("Second Day of Christmas", "Tweede Kerstdag"),
}


@lru_cache(maxsize=64)
def nrw_holidays(year: int, language: str = "de") -> dict[date, str]:
    """Return date -> name of the public holidays of a year and the next one."""
    found = holidays.country_holidays("DE", subdiv="NW", years=(year, year + 1), language="de")
    place = {"en": 0, "nl": 1}.get(language)
    return {
        day: _NAMES.get(name, (name, name))[place] if place is not None else name
        for day, name in found.items()
    }
