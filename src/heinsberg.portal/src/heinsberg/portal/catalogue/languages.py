"""Content keeps its language when the subsite around it is made, moved or renamed."""

from Acquisition import aq_base
from plone.app.multilingual.subscriber import createdEvent


def on_placed(obj, event) -> None:
    """Give new content the language of its folder; leave what only came along with a folder.

    The stock handler asks for the parent of the thing that was moved, also
    for everything inside it. Below a municipality, whose parent has no
    language, it so blanks the language of folders and content. A translatable
    folder passes its language on by itself.
    """
    if aq_base(obj) is aq_base(event.object):
        createdEvent(obj, event)
