"""Back-off, leases and order: pure rules."""

from heinsberg.portal.outbox import rules

import pytest


@pytest.mark.parametrize(
    "attempt, chance, seconds",
    [
        (1, 0.0, 5),
        (1, 1.0, 10),
        (2, 1.0, 20),
        (3, 0.0, 20),
        (7, 1.0, 640),
        (9, 1.0, 1000),
    ],
)
def test_back_off_doubles_up_to_its_limit(attempt, chance, seconds):
    assert rules.back_off(attempt, 1000, chance) == seconds


def test_back_off_survives_absurd_attempts():
    assert rules.back_off(10_000, 3600, 0.5) == 2700
    assert rules.back_off(0, 3600, 1.0) == rules.back_off(1, 3600, 1.0)


def test_a_lease_outlasts_the_work():
    end = rules.lease_end(1_000_000, 30)
    assert end > 1_000_000 + 30_000
    assert rules.is_leased(("w", end), end - 1)
    assert not rules.is_leased(("w", end), end)
    assert not rules.is_leased(None, 0)


def test_only_the_last_claimer_holds_a_lease():
    assert rules.holds(("a", 1), "a")
    assert not rules.holds(("b", 1), "a")
    assert not rules.holds(None, "a")


def test_one_mail_does_not_wait_for_ten_thousand_purges():
    due = [(n, "purge", f"p{n:05}") for n in range(10_000)] + [(99_999, "mail", "m")]
    assert rules.fair_order(due, 4) == ["p00000", "m", "p00001", "p00002"]


def test_oldest_first_within_a_kind():
    due = [(3, "a", "late"), (1, "a", "early"), (2, "b", "other")]
    assert rules.fair_order(due) == ["early", "other", "late"]
    assert rules.fair_order([]) == []
