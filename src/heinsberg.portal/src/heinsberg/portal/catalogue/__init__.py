"""The service catalogue: services, life situations, units, news, warnings and knowledge pages."""
