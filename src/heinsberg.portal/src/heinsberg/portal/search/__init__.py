"""Finding services: the simple search of today, facets and suggestions to come."""
