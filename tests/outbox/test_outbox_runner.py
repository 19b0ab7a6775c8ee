"""Starting and stopping the worker thread of the serving process."""

from heinsberg.portal.outbox import api
from heinsberg.portal.outbox import runner

import pytest
import threading
import transaction


@pytest.fixture
def thread(desk, handler):
    yield
    assert api.stop_worker(20)


def put(desk):
    api.enqueue("test", {}, site=desk.site)
    transaction.commit()


def test_the_thread_is_woken_by_a_commit_and_not_by_its_poll(
    desk, handler, thread, monkeypatch
):
    monkeypatch.setattr("heinsberg.portal.outbox.worker.POLL_SECONDS", 600)
    done = threading.Event()
    handler.during = lambda job: done.set()
    api.start_worker(desk.db)
    put(desk)
    assert done.wait(20)
    done.clear()
    put(desk)
    assert done.wait(20)


def test_a_second_start_starts_no_second_thread(desk, thread):
    api.start_worker(desk.db)
    first = runner._Running.thread
    api.start_worker(desk.site)
    assert runner._Running.thread is first
    assert sum(t.name == "outbox-worker" for t in threading.enumerate()) == 1


def test_stopping_is_quick_safe_to_repeat_and_ends_the_heartbeat(desk, thread, handler):
    assert api.stop_worker() is True
    done = threading.Event()
    handler.during = lambda job: done.set()
    api.start_worker(desk.db)
    put(desk)
    assert done.wait(20)
    assert api.heartbeat(desk.site).mode == "thread"
    assert api.stop_worker(20) is True
    assert api.heartbeat(desk.site) is None
    assert api.stop_worker(20) is True


def test_a_busy_worker_is_reported_and_can_be_asked_again(desk, handler, thread):
    begun, gate = threading.Event(), threading.Event()

    def busy(job):
        begun.set()
        gate.wait(20)

    handler.during = busy
    api.start_worker(desk.db)
    put(desk)
    assert begun.wait(20)
    assert api.stop_worker(0.05) is False
    gate.set()
    assert api.stop_worker(20) is True


def test_the_thread_can_be_started_again(desk, handler, thread):
    api.start_worker(desk.db)
    assert api.stop_worker(20)
    done = threading.Event()
    handler.during = lambda job: done.set()
    api.start_worker(desk.db)
    put(desk)
    assert done.wait(20)
