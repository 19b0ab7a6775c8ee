"""The operator's room: command line, start, backup, checks, health and logs."""
