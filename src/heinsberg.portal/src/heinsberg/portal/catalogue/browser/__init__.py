"""Public pages of the catalogue: service, office, life situation, lists, texts."""
