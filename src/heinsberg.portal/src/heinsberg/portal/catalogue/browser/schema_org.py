"""Metadata for search engines: schema.org GovernmentService and GovernmentOffice as JSON-LD.

Source: https://schema.org/GovernmentService
"""

import json


def service(page) -> str:
    """Return the JSON-LD of a service page; safe inside a script element."""
    info, text = page.kreis or page.source.info, page.text
    operator = {
        "@type": "GovernmentOrganization",
        "name": info.official_name,
        "url": page.source.keep("canonical", info.path, make=lambda: page.source.canonical(info.path)),
    }
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": text.title,
        "alternateName": text.official_name or None,
        "description": text.teaser or text.short_text or None,
        "url": page.meta.canonical,
        "identifier": text.leistungsschluessel or None,
        "inLanguage": text.language,
        "serviceOperator": operator,
        "areaServed": {"@type": "AdministrativeArea", "name": page.source.info.official_name},
        "audience": [{"@type": "Audience", "audienceType": group} for group in text.target_group] or None,
        "offers": _offers(text.costs),
        "availableChannel": _channels(page) or None,
    }
    return _script({name: value for name, value in data.items() if value is not None})


def _offers(costs) -> list[dict] | None:
    found = [
        {"@type": "Offer", "name": cost.label, "price": f"{cost.amount:.2f}", "priceCurrency": "EUR"}
        for cost in costs
        if cost.kind == "fixed" and cost.amount is not None
    ]
    return found or None


def _channels(page) -> list[dict]:
    channels = [{"@type": "ServiceChannel", "serviceUrl": link.url} for link in page.online_links()]
    card = page.card
    if card is not None and card.street:
        channels.append(
            {
                "@type": "ServiceChannel",
                "serviceLocation": {
                    "@type": "GovernmentOffice",
                    "name": card.title,
                    "telephone": card.phone or None,
                    "email": card.email or None,
                    "address": {"@type": "PostalAddress", "streetAddress": card.street, "addressLocality": card.place},
                },
            }
        )
    return channels


def _script(data: dict) -> str:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
