"""The worker's promises, on a database in memory and a frozen clock."""

from AccessControl import getSecurityManager
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from heinsberg.portal.foundation import clock
from heinsberg.portal.outbox import api
from heinsberg.portal.outbox import attempt
from heinsberg.portal.outbox import store as stores
from heinsberg.portal.outbox.interfaces import GiveUp
from heinsberg.portal.outbox.interfaces import RetryLater
from heinsberg.portal.outbox.interfaces import Unreachable
from heinsberg.portal.outbox.session import Session
from heinsberg.portal.outbox.worker import Worker
from OFS.Folder import Folder
from ZODB.POSException import ConflictError

import pytest
import threading
import transaction


NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


def after(**delta):
    return clock.frozen(NOON + timedelta(**delta))


@pytest.fixture
def put(desk, handler):
    def put(kind="test", count=1, **payload):
        found = [api.enqueue(kind, payload, site=desk.site) for _each in range(count)]
        transaction.commit()
        return found

    return put


def waiting(desk):
    transaction.begin()
    return api.pending(desk.site)


def dead(desk):
    transaction.begin()
    return api.dead_letters(desk.site)


def test_no_transaction_is_open_while_a_handler_talks_to_the_world(desk, put, handler):
    put()
    found = []
    handler.during = lambda job: found.append(transaction.manager.manager._txn)
    Worker(desk.db).run_once()
    assert found == [None]


def test_an_error_is_retried_with_growing_pauses_and_then_buried(desk, put, handler):
    put()
    handler.fail = ValueError("citizen@example.org")
    worker = Worker(desk.db)
    assert worker.run_once().retried == 1
    first = waiting(desk)[0].due
    assert NOON + timedelta(seconds=5) <= first <= NOON + timedelta(seconds=10)
    assert worker.run_once().total == 0
    with after(seconds=11):
        worker.run_once()
        second = waiting(desk)[0].due
        assert second >= clock.now() + timedelta(seconds=10)
    with after(seconds=60):
        assert worker.run_once().dead == 1
    assert dead(desk)[0].error == "unexpected ValueError; gave up after 3 attempts"
    assert waiting(desk) == []


def test_neither_log_nor_dead_letter_repeats_what_an_error_says(
    desk, put, handler, caplog
):
    handler.max_attempts = 1
    put(secret="Erika Mustermann")
    handler.fail = ValueError("Erika Mustermann")
    Worker(desk.db).run_once()
    assert "Erika" not in caplog.text + repr(dead(desk)) + repr(waiting(desk))
    assert "outbox_error" in caplog.text
    assert "in perform" in caplog.text


def test_a_handler_names_its_own_pause(desk, put, handler):
    put()
    handler.fail = RetryLater(500, "busy")
    Worker(desk.db).run_once()
    (entry,) = waiting(desk)
    assert (entry.due, entry.error) == (NOON + timedelta(seconds=500), "busy")


def test_giving_up_is_for_good(desk, put, handler):
    put()
    handler.fail = GiveUp("no such address")
    assert Worker(desk.db).run_once().dead == 1
    with after(days=30):
        assert Worker(desk.db).run_once().total == 0


def test_when_the_other_end_is_down_one_entry_finds_out_and_the_rest_lose_nothing(
    desk, put, handler
):
    put(count=25)
    put(kind="other", count=2)
    handler.fail = Unreachable(reason="down")
    worker = Worker(desk.db)
    tally = worker.run_once()
    assert (tally.retried, tally.done) == (1, 2)
    assert sorted(entry.attempts for entry in waiting(desk)) == [0] * 24 + [1]
    assert all(entry.leased_until is None for entry in waiting(desk))
    handler.fail = None
    with after(minutes=1):
        assert worker.run_once().done == 25


def test_a_kind_without_handler_waits_and_is_buried_in_the_end(desk, put, handler):
    (entry_id,) = put()
    entry = stores.entry(desk.store, entry_id)
    entry.kind = "gone"
    transaction.commit()
    assert Worker(desk.db).run_once().retried == 1
    entry.attempts = 11
    transaction.commit()
    with after(hours=2):
        assert Worker(desk.db).run_once().dead == 1
    assert "no handler for kind gone" in dead(desk)[0].error


def crash_holding(desk, entry_id):
    """Claim as a worker that dies right after."""
    session = Session(desk.db)
    assert attempt.claim(session, "portal", "crashed", [entry_id])
    session.close()


def test_a_lease_keeps_others_away_until_it_ends(desk, put, handler):
    (entry_id,) = put()
    crash_holding(desk, entry_id)
    with after(seconds=69):
        assert Worker(desk.db).run_once().total == 0
    with after(seconds=71):
        assert Worker(desk.db).run_once().done == 1
    assert handler.performed == [entry_id]


def test_an_entry_that_kills_its_worker_every_time_is_buried_unperformed(
    desk, put, handler
):
    (entry_id,) = put()
    for minute in range(0, 30, 10):
        with after(minutes=minute):
            crash_holding(desk, entry_id)
    with after(hours=1):
        assert Worker(desk.db).run_once().dead == 1
    assert dead(desk)[0].error == "stopped in the middle 3 times"
    assert handler.performed == []


def test_a_worker_that_overslept_its_lease_does_not_settle_for_the_next(
    desk, put, handler
):
    (entry_id,) = put()

    def taken_over(job):
        with after(hours=1):
            crash_holding(desk, entry_id)

    handler.during = taken_over
    assert Worker(desk.db).run_once().total == 0
    (entry,) = waiting(desk)
    assert entry.attempts == 2


def test_the_lease_is_renewed_late_in_a_batch(desk, put, handler):
    put(count=2)
    leases = []
    moments = iter([NOON, NOON + timedelta(seconds=65)])

    def slow(entry, site):
        leases.append(stores.entry(stores.get(site), entry.id).lease[1])
        return entry.id

    def tick(job):
        next(moments)
        clock._frozen = NOON + timedelta(seconds=65)

    handler.preparing, handler.during = slow, tick
    assert Worker(desk.db).run_once().done == 2
    assert leases[1] >= stores.to_ms(NOON) + (65 + handler.seconds) * 1000


def test_two_workers_claiming_at_once_never_both_hold_it(desk, put, handler):
    (entry_id,) = put()
    mine, other = Session(desk.db), desk.db.open(transaction.TransactionManager())
    rival = other.root()["Application"].portal
    stores.entry(stores.get(rival), entry_id).lease = ("rival", 2**50)
    assert attempt.claim(mine, "portal", "me", [entry_id])
    with pytest.raises(ConflictError):
        other.transaction_manager.commit()
    other.transaction_manager.abort()
    other.close()
    mine.close()


def test_a_call_and_its_entry_are_one_commit(desk, put, handler, calls):
    def fails_first(site, payload, entry_id):
        site.counter = getattr(site, "counter", 0) + payload["step"]
        if len(seen := tries.append(entry_id) or tries) == 1:
            raise RuntimeError(f"after the change {seen}")

    tries: list[str] = []
    calls("count", fails_first)
    api.call("count", {"step": 5}, site=desk.site)
    transaction.commit()
    worker = Worker(desk.db)
    assert worker.run_once().retried == 1
    transaction.begin()
    assert not hasattr(desk.site, "counter")
    with after(minutes=1):
        assert worker.run_once().done == 1
        assert worker.run_once().total == 0
    transaction.begin()
    assert desk.site.counter == 5


def test_a_call_that_cannot_be_stored_stops_nobody_else(desk, put, handler, calls):
    calls("bad", lambda site, payload, entry_id: setattr(site, "x", lambda: None))
    api.call("bad", {}, site=desk.site)
    put(count=3)
    tally = Worker(desk.db).run_once()
    assert (tally.done, tally.retried) == (3, 1)


def test_a_conflicting_call_is_repeated_at_once(desk, put, handler, calls):
    tries = []

    def conflicts(site, payload, entry_id):
        tries.append(entry_id)
        if len(tries) < 4:
            raise ConflictError()

    calls("busy", conflicts)
    api.call("busy", {}, site=desk.site)
    transaction.commit()
    assert Worker(desk.db).run_once().done == 1
    assert len(tries) == 4


def test_work_runs_as_system_and_the_caller_gets_its_user_back(
    desk, put, handler, calls
):
    users = []
    calls(
        "who", lambda *_args: users.append(getSecurityManager().getUser().getUserName())
    )
    api.call("who", {}, site=desk.site)
    transaction.commit()
    before = getSecurityManager()
    Worker(desk.db).run_once()
    assert users == ["System Processes"]
    assert getSecurityManager() is before


def test_prepare_may_enqueue_and_the_next_pass_carries_it_out(
    desk, put, handler, calls
):
    calls("more", lambda site, payload, entry_id: api.enqueue("test", {}, site=site))
    api.call("more", {}, site=desk.site)
    transaction.commit()
    worker = Worker(desk.db)
    assert [worker.run_once().done for _each in range(3)] == [1, 1, 0]


def test_a_stopped_worker_finishes_one_entry_and_frees_the_rest(desk, put, handler):
    put(count=10)
    stop = threading.Event()
    handler.during = lambda job: stop.set()
    thread = threading.Thread(target=Worker(desk.db).run_forever, args=(stop,))
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert len(handler.performed) == 1
    assert [(e.attempts, e.leased_until) for e in waiting(desk)] == [(0, None)] * 9


def test_the_loop_outlives_a_database_that_is_away(desk, put, handler, caplog):
    put()
    stop = threading.Event()

    class Flaky:
        broken = True

        def open(self):
            if self.broken:
                self.broken = False
                raise OSError("connection refused")
            return desk.db.open()

    handler.during = lambda job: stop.set()
    thread = threading.Thread(target=Worker(Flaky()).run_forever, args=(stop,))
    thread.start()
    thread.join(20)
    assert len(handler.performed) == 1
    assert "outbox_worker_failed" in caplog.text


def test_only_sites_with_a_store_are_served(desk, put, handler):
    application = desk.connection.root()["Application"]
    application._setObject("second", Folder("second"))
    application._setObject("plain", Folder("plain"))
    stores.ensure(application.second)
    # In the transaction that makes the store, as install steps do.
    api.enqueue("test", {}, site=application.second)
    put()
    assert Worker(desk.db).run_once().done == 2


def test_the_heartbeat_of_a_process_is_stored_at_most_every_30_seconds(desk, handler):
    worker = Worker(desk.db, mode="process")
    stored = []
    for seconds in (0, 10, 29, 31):
        with after(seconds=seconds):
            worker.run_once()
            transaction.begin()
            stored.append(stores.beats(desk.store)[worker.name])
    assert [(value - stored[0]) / 1000 for value in stored] == [0, 0, 0, 31]
    assert api.heartbeat(desk.site).at >= NOON + timedelta(seconds=31)


def test_the_heartbeat_of_a_thread_writes_nothing(desk, handler):
    worker = Worker(desk.db)
    before = desk.db.lastTransaction()
    worker.run_once()
    transaction.begin()
    assert stores.beats(desk.store) == {}
    assert desk.db.lastTransaction() == before
    assert api.heartbeat(desk.site).mode == "thread"
