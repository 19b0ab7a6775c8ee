"""What every room may use: errors, settings, clock, identifiers, REST base class."""
