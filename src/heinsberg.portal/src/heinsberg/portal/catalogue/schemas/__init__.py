"""Schemas of the catalogue's content, one module per theme."""
