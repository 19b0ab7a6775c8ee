"""The parts of a page around its content, as plain records."""

from dataclasses import dataclass
from dataclasses import field


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text; ``lang`` where the text is in another language."""

    href: str
    text: str
    icon: str = ""
    lang: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the content of a public page; depends on nothing of the page itself."""

    key: tuple
    language: str
    site_title: str
    strip: str
    brand_kind: str
    brand_name: str
    home: str
    logo: str
    stylesheet: str
    script: str
    fonts: tuple[str, ...]
    sprite: str
    icons: str
    theme_color: str
    search_action: str
    menu: tuple[Link, ...]
    tools: tuple[Link, ...]
    footer: str


@dataclass
class Meta:
    """What the head of one page says of it."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    robots: str = ""
    og_type: str = "website"
    json_ld: str = ""


@dataclass
class Slots:
    """HTML of higher rooms around the content; already safe."""

    account: str = ""
    warnings: str = ""
    editor_bar: str = ""
    below: list[str] = field(default_factory=list)
