"""nginx configuration of all addresses, generated from the subsites."""
