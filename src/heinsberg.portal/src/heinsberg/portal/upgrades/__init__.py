"""Upgrade steps: one folder each, named after its destination (YYYYMMDDNNN).

A step is repeatable, logs one line, and has a test. `make run` and
`bin/portal upgrade` run what is pending; re-importing a whole profile is
never a step.
"""
