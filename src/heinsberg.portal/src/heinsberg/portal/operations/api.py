"""Front door of the operator's room; nobody below needs it, tests and the command line do."""

from heinsberg.portal.operations.interfaces import Finding
from heinsberg.portal.operations.interfaces import OperatorError


__all__ = ["Finding", "OperatorError"]
