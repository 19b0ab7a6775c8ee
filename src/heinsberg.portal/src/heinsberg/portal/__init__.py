"""Service portal for a German Kreis and its municipalities, on Plone."""

from zope.i18nmessageid import MessageFactory

import logging


PACKAGE_NAME = "heinsberg.portal"

_ = MessageFactory(PACKAGE_NAME)

logger = logging.getLogger(PACKAGE_NAME)
