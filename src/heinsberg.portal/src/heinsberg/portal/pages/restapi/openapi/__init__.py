"""``@openapi``."""
