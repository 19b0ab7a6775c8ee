"""What callers rely on: the entry shares the fate of the transaction."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from heinsberg.portal.foundation import clock
from heinsberg.portal.outbox import api
from heinsberg.portal.outbox import signals
from heinsberg.portal.outbox import store as stores
from heinsberg.portal.outbox.interfaces import EntryBusy
from heinsberg.portal.outbox.interfaces import GiveUp
from heinsberg.portal.outbox.interfaces import NoSuchEntry
from heinsberg.portal.outbox.interfaces import StoreMissing
from heinsberg.portal.outbox.worker import Worker
from OFS.Folder import Folder
from ZODB.POSException import ConflictError

import pytest
import transaction


NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


@pytest.fixture
def put(desk, handler):
    def put(kind="test", payload=None, **options):
        return api.enqueue(kind, payload or {"n": 1}, site=desk.site, **options)

    return put


def ids(desk):
    return {entry.id for entry in api.pending(desk.site)}


def test_an_aborted_transaction_leaves_no_entry_and_wakes_nobody(desk, put):
    signals.wake.clear()
    put()
    transaction.abort()
    assert ids(desk) == set()
    assert not signals.wake.is_set()


def test_a_commit_wakes_the_worker_and_keeps_the_entry(desk, put):
    signals.wake.clear()
    entry_id = put()
    assert not signals.wake.is_set()
    transaction.commit()
    assert signals.wake.is_set()
    assert ids(desk) == {entry_id}


def test_a_commit_that_fails_wakes_nobody(desk, put):
    signals.wake.clear()
    put()
    desk.site.broken = lambda: None
    with pytest.raises(Exception, match="pickle"):
        transaction.commit()
    transaction.abort()
    assert ids(desk) == set()
    assert not signals.wake.is_set()


def test_a_savepoint_rolled_back_takes_its_entry_along(desk, put):
    kept = put()
    savepoint = transaction.savepoint()
    put()
    savepoint.rollback()
    transaction.commit()
    assert ids(desk) == {kept}


@pytest.mark.parametrize(
    "payload", [{"x": object()}, {"x": float("nan")}, {"x": {1, 2}}]
)
def test_what_json_cannot_say_is_refused_at_once(desk, put, payload):
    with pytest.raises((TypeError, ValueError)):
        put(payload=payload)
    assert ids(desk) == set()


def test_unknown_kinds_and_calls_are_refused_at_once(desk, put):
    with pytest.raises(LookupError):
        put(kind="tset")
    with pytest.raises(LookupError):
        api.call("nobody", {}, site=desk.site)


def test_a_naive_date_is_refused(put):
    with pytest.raises(ValueError):
        put(due=datetime(2026, 1, 1))


def test_a_site_without_store_says_so_and_does_not_acquire_one(desk, handler):
    desk.site._setObject("inner", Folder("inner"))
    with pytest.raises(StoreMissing):
        api.enqueue("test", {}, site=desk.site.inner)


def test_ensure_store_keeps_what_is_there(desk, put):
    entry_id = put()
    api.ensure_store(desk.site)
    assert ids(desk) == {entry_id}
    api.drop_store(desk.site)
    api.drop_store(desk.site)
    assert stores.find(desk.site) is None


def test_the_same_key_waits_once(desk, put):
    first = put(key="receipt:1")
    assert put(key="receipt:1") == first
    transaction.commit()
    assert put(key="receipt:1") == first
    assert put(key="receipt:2") != first
    assert len(ids(desk)) == 2


def test_a_key_is_free_again_when_its_entry_is_done(desk, put):
    first = put(key="k")
    transaction.commit()
    Worker(desk.db).run_once()
    transaction.begin()
    assert put(key="k") != first


def test_an_entry_that_has_begun_does_not_stand_for_a_new_effect(desk, put, handler):
    """A purge on its way may already have been answered with the old page."""
    first = put(key="k")
    transaction.commit()
    seen = []

    def meanwhile(job):
        if not seen:
            seen.append(put(key="k"))
            transaction.commit()

    handler.during = meanwhile
    Worker(desk.db).run_once()
    assert seen != [first]
    # The end of the first does not free the key that the second owns now.
    transaction.begin()
    assert put(key="k") == seen[0]


def test_a_claim_between_reading_and_commit_makes_the_caller_repeat(desk, put, handler):
    put(key="k")
    transaction.commit()
    other = desk.db.open(transaction.TransactionManager())
    site = other.root()["Application"].portal
    api.enqueue("test", {}, site=site, key="k")
    site.title = "changed"
    Worker(desk.db).run_once()
    with pytest.raises(ConflictError):
        other.transaction_manager.commit()
    other.transaction_manager.abort()
    other.close()


def test_a_due_date_is_kept(desk, put, handler):
    with clock.frozen(NOON):
        later = put(due=NOON + timedelta(hours=1))
        transaction.commit()
        assert api.oldest_pending(desk.site) is None
        assert Worker(desk.db).run_once().total == 0
    with clock.frozen(NOON + timedelta(hours=2)):
        transaction.begin()
        assert api.oldest_pending(desk.site) == NOON + timedelta(hours=1)
        assert Worker(desk.db).run_once().done == 1
    assert handler.performed == [later]


@pytest.fixture
def dead(desk, put, handler):
    entry_id = put(key="k")
    transaction.commit()
    handler.fail = GiveUp("refused for good")
    Worker(desk.db).run_once()
    transaction.begin()
    handler.fail = None
    return entry_id


def test_a_dead_letter_is_seen_with_its_reason_but_without_its_payload(desk, dead):
    (letter,) = api.dead_letters(desk.site)
    assert (letter.id, letter.error) == (dead, "refused for good")
    assert api.dead_count(desk.site) == 1
    assert not hasattr(letter, "payload")


def test_a_dead_letter_can_try_again_from_the_start(desk, dead, handler):
    api.retry(desk.site, dead)
    transaction.commit()
    assert Worker(desk.db).run_once().done == 1
    assert handler.performed == [dead, dead]
    assert handler.views[-1].attempts == 1
    transaction.begin()
    assert api.dead_count(desk.site) == api.pending_count(desk.site) == 0


def test_a_dead_letter_does_not_return_beside_its_successor(desk, dead, put):
    put(key="k")
    with pytest.raises(EntryBusy):
        api.retry(desk.site, dead)


def test_discarding_removes_dead_and_waiting_entries(desk, dead, put):
    waiting = put(key="w")
    for entry_id in (dead, waiting):
        api.discard(desk.site, entry_id, "sent by letter")
    assert api.dead_count(desk.site) == api.pending_count(desk.site) == 0
    assert put(key="w") != waiting


def test_what_a_worker_holds_cannot_be_discarded(desk, put, handler):
    entry_id = put()
    transaction.commit()
    caught = []

    def meanwhile(job):
        transaction.begin()
        with pytest.raises(EntryBusy) as refusal:
            api.discard(desk.site, job, "too late")
        caught.append(refusal)

    handler.during = meanwhile
    assert Worker(desk.db).run_once().done == 1
    assert caught and handler.performed == [entry_id]


@pytest.mark.parametrize("entry_id", ["", "0" * 32, "zz", "ä", "../x"])
def test_unknown_ids_are_answered_with_not_found(desk, handler, entry_id):
    with pytest.raises(NoSuchEntry):
        api.retry(desk.site, entry_id)
    with pytest.raises(NoSuchEntry):
        api.discard(desk.site, entry_id, "x")


def test_enqueueing_writes_no_shared_parent(desk, put):
    """One bucket and the entry: nothing that two writers always have in common."""
    for _each in range(50):
        put()
    transaction.commit()
    put()
    names = {type(ob).__name__ for ob in desk.connection._registered_objects}
    assert names <= {"OOBTree", "OOBucket", "Entry"}
    assert len(desk.connection._registered_objects) == 1
