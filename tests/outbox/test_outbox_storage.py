"""The outbox on real storages: killed workers, many writers, two workers."""

from collections import Counter

import json
import pytest
import signal


LATER = 3600


@pytest.mark.parametrize(
    "point, least, most", [("prepare", 1, 1), ("before", 1, 1), ("after", 2, 2)]
)
def test_a_killed_worker_loses_no_effect(sqlite, point, least, most):
    sqlite.enqueue("append", 1)
    victim = sqlite.start("hang", point, 0)
    assert victim.stdout.readline() == "hanging\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    # The claim outlives the worker: nobody else takes the entry before its end.
    sqlite.drain(0)
    assert sqlite.state()["pending"] == 1
    sqlite.drain(LATER)
    assert least <= len(sqlite.effects()) <= most
    # A repeated effect carries the same id, by which the other end can tell.
    assert len(set(sqlite.effects())) == 1
    assert sqlite.state()["pending"] == sqlite.state()["dead"] == 0


def test_a_call_killed_before_its_commit_counts_once(sqlite):
    sqlite.enqueue("call", 1)
    victim = sqlite.start("hang", "call", 0)
    assert victim.stdout.readline() == "hanging\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert sqlite.state()["counter"] == 0
    sqlite.drain(LATER)
    sqlite.drain(2 * LATER)
    assert sqlite.state()["counter"] == 1


def test_eight_writers_and_a_worker_lose_and_double_nothing(sqlite):
    result = json.loads(sqlite.run("stress", 8, 50))
    assert result["worker_ended"]
    assert set(Counter(sqlite.effects()).values()) == {1}
    assert len(sqlite.effects()) == 400
    assert sqlite.state()["pending"] == sqlite.state()["dead"] == 0


def test_sigterm_lets_the_worker_finish_its_entry(sqlite):
    sqlite.enqueue("append", 3)
    worker = sqlite.start("run-worker", "after")
    lines = [worker.stdout.readline() for _each in range(2)]
    assert lines == ["started\n", "hanging\n"]
    worker.send_signal(signal.SIGTERM)
    worker.stdin.close()
    assert worker.stdout.readline() == "ended\n"
    assert worker.wait(30) == 0
    state = sqlite.state()
    assert len(sqlite.effects()) == 1
    # What it had claimed but not begun is free at once and lost no attempt.
    assert state["attempts"] == [0, 0]
    assert state["beats"] == 1
    sqlite.drain(0)
    assert set(Counter(sqlite.effects()).values()) == {1}
    assert len(sqlite.effects()) == 3


@pytest.mark.slow
def test_two_worker_processes_never_share_an_entry(postgresql):
    postgresql.enqueue("append", 300)
    workers = [postgresql.start("compete") for _each in range(2)]
    assert [worker.stdout.readline() for worker in workers] == ["ready\n"] * 2
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    assert [worker.wait(120) for worker in workers] == [0, 0]
    assert set(Counter(postgresql.effects()).values()) == {1}
    assert len(postgresql.effects()) == 300
    assert len(postgresql.actors()) == 2
    assert postgresql.state()["pending"] == postgresql.state()["dead"] == 0
