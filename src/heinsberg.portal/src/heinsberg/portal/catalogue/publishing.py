"""What publishing does beside the change of state."""

from Acquisition import aq_base
from DateTime import DateTime
from heinsberg.portal.foundation import clock


def on_transition(obj, event) -> None:
    """Note the day of the first publishing where editors set none."""
    if event.new_state is None or event.new_state.getId() != "published":
        return
    if getattr(aq_base(obj), "effective_date", None) is None:
        obj.effective_date = DateTime(clock.now().timestamp())
