"""``@life-situations``."""
