"""Page templates of the public pages: Chameleon with Python expressions, escaped by default.

Zope's own view templates wrap every path step in security checks; these
pages hand their templates finished, public values only.
"""

from chameleon import PageTemplateFile
from heinsberg.portal.foundation.settings import settings
from pathlib import Path


class Template:
    """A template file beside the module that names it."""

    def __init__(self, module_file: str, name: str) -> None:
        self._path = Path(module_file).parent / "templates" / name
        self._template: PageTemplateFile | None = None

    def __call__(self, **values: object) -> str:
        if self._template is None:
            self._template = PageTemplateFile(
                str(self._path),
                auto_reload=not settings().production,
                boolean_attributes=BOOLEAN,
                trim_attribute_space=True,
            )
        return self._template(**values)


BOOLEAN = {"checked", "disabled", "hidden", "open", "required", "selected", "multiple", "novalidate"}
