"""The kinds of work that the outbox ships with."""
