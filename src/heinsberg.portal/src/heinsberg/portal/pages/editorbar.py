"""The bar of people who may edit: the ways into Plone's own forms. Nobody else gets it."""

from AccessControl import getSecurityManager
from heinsberg.portal.ui.api import Link
from heinsberg.portal.ui.api import Template
from heinsberg.portal.ui.interfaces import IPageSlot
from plone.app.multilingual.interfaces import ITranslatable
from plone.app.multilingual.interfaces import ITranslationManager
from plone.dexterity.interfaces import IDexterityContainer
from plone.dexterity.interfaces import IDexterityContent
from plone.protect.utils import addTokenToUrl
from Products.CMFCore.utils import getToolByName
from zope.i18n import translate
from zope.i18nmessageid import Message
from zope.interface import implementer


TEMPLATE = Template(__file__, "editorbar.pt")
MODIFY = "Modify portal content"
ADD = "Add portal content"


@implementer(IPageSlot)
class EditorBar:
    """Edit, contents, add, state, translations, for those who may."""

    def __init__(self, context, request, view) -> None:
        self.context, self.request, self.view = context, request, view

    def render(self) -> str:
        if not IDexterityContent.providedBy(self.context):
            return ""
        check = getSecurityManager().checkPermission
        if not (check(MODIFY, self.context) or check(ADD, self.context)):
            return ""
        t, base = self.view.t, self.context.absolute_url()
        links = []
        if check(MODIFY, self.context):
            links.append(Link(f"{base}/edit", t("Edit"), icon="edit"))
        links.append(Link(f"{self._folder_url()}/folder_contents", t("Contents")))
        if check("Sharing page: Delegate roles", self.context):
            links.append(Link(f"{base}/sharing", t("Sharing")))
        return TEMPLATE(
            t=t,
            links=links,
            add=[Link(f"{self._folder_url()}/++add++{fti.getId()}", translate(fti.Title(), domain=fti.i18n_domain, target_language=self.view.language)) for fti in self._addable()],
            state=self._state(),
            transitions=[
                Link(addTokenToUrl(f"{base}/content_status_modify?workflow_action={action['id']}"), self._plone(action["title"]))
                for action in self._transitions()
            ],
            languages=[
                Link(f"{base}/create_translation?language={code}", code.upper()) for code in self._missing()
            ],
        )

    def _folder(self):
        return self.context if IDexterityContainer.providedBy(self.context) else self.context.__parent__

    def _folder_url(self) -> str:
        return self._folder().absolute_url()

    def _addable(self):
        folder = self._folder()
        if not getSecurityManager().checkPermission(ADD, folder):
            return []
        return [fti for fti in folder.allowedContentTypes()]

    def _state(self) -> str:
        tool = getToolByName(self.context, "portal_workflow")
        state = tool.getInfoFor(self.context, "review_state", "")
        return self._plone(tool.getTitleForStateOnType(state, self.context.portal_type)) if state else ""

    def _plone(self, text: str) -> str:
        """Return a text of the workflow in the language of the page; they are in Plone's domain."""
        return translate(Message(text, domain="plone"), target_language=self.view.language)

    def _transitions(self) -> list[dict]:
        tool = getToolByName(self.context, "portal_workflow")
        return [action for action in tool.listActionInfos(object=self.context) if action["category"] == "workflow"]

    def _missing(self) -> list[str]:
        info = self.view.source.info
        if info is None or not ITranslatable.providedBy(self.context):
            return []
        there = ITranslationManager(self.context).get_translated_languages()
        return [code for code in info.languages if code not in there]
