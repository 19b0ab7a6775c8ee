"""Fills a portal from the files of its Kreis; makes only what is missing."""
