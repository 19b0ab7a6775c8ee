"""The upgrade steps form one chain, and each is absent, pending or done as it should be."""

from heinsberg.portal.outbox import api as outbox


PROFILE = "heinsberg.portal:default"


def steps(portal):
    from Products.GenericSetup.upgrade import _upgrade_registry

    found = []
    for value in _upgrade_registry.getUpgradeStepsForProfile(PROFILE).values():
        found += [value] if hasattr(value, "source") else [step for _, step in value]
    return sorted(found, key=lambda step: step.dest)


def test_the_steps_form_one_chain_to_the_version_of_the_profile(portal):
    chain = steps(portal)
    assert chain, "no upgrade step is registered"
    for before, after in zip(chain, chain[1:], strict=False):
        assert before.dest == after.source
    newest = portal.portal_setup.getVersionForProfile(PROFILE)
    assert ".".join(chain[-1].dest) == newest


def test_a_new_site_has_nothing_pending(portal):
    assert portal.portal_setup.listUpgrades(PROFILE) == []


def test_an_old_site_has_its_steps_pending_and_running_them_ends_it(portal):
    setup = portal.portal_setup
    setup.setLastVersionForProfile(PROFILE, "20261122001")
    outbox.drop_store(portal)
    assert setup.listUpgrades(PROFILE) != []
    setup.upgradeProfile(PROFILE)
    assert setup.listUpgrades(PROFILE) == []
    assert outbox.pending_count(portal) == 0


def test_a_step_can_be_run_twice(portal):
    setup = portal.portal_setup
    for _ in range(2):
        setup.setLastVersionForProfile(PROFILE, "20261122001")
        setup.upgradeProfile(PROFILE)
    assert setup.listUpgrades(PROFILE) == []
