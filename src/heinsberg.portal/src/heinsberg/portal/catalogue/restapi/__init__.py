"""How plone.restapi reads and writes this room's content."""
