"""``@service-search``."""
