"""Demonstration users: made once, in mode demonstration only."""

from argparse import Namespace
from heinsberg.portal.foundation.settings import settings
from heinsberg.portal.pages import demo
from heinsberg.portal.pages.seeding.writing import Writer
from Products.CMFCore.utils import getToolByName


def make_users(writer: Writer, plan, options: Namespace) -> int:
    """Make the users that are missing; existing ones keep password and roles. Returns how many."""
    if settings().production:
        writer.report("production: no demonstration users")
        return 0
    password_for = getattr(options, "password_for", None)
    if password_for is None:
        writer.report("no demonstration users: run the seed through bin/portal, which keeps their passwords")
        return 0
    site = writer.site
    users = getToolByName(site, "acl_users")
    missing = [person for person in demo.people(site) if users.getUserById(person.login) is None]
    for person in missing:
        _make(site, person, password_for(person.login))
    if missing:
        writer.made["users"] += len(missing)
        writer.wrote(len(missing))
        writer.report(f"{len(missing)} demonstration users made; passwords in var/demo-users.txt")
    writer.commit("demonstration users")
    return len(missing)


def _make(site, person: "demo.Person", password: str) -> None:
    """Add one user with their groups and roles; the password goes nowhere else."""
    registration = getToolByName(site, "portal_registration")
    properties = {"username": person.login, "fullname": person.name, "email": person.email}
    registration.addMember(person.login, password, roles=("Member", *person.roles), properties=properties)
    groups = getToolByName(site, "portal_groups")
    for group in person.groups:
        groups.addPrincipalToGroup(person.login, group)


