"""Edges of the room: assets and the subsite's own address."""
