"""Mail against a real SMTP server that misbehaves on command."""

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from email import message_from_bytes
from email import policy
from heinsberg.portal.foundation.settings import override
from heinsberg.portal.outbox import api
from heinsberg.portal.outbox.interfaces import IOutboxHandler
from heinsberg.portal.outbox.kinds import mail
from heinsberg.portal.outbox.kinds import smtp
from heinsberg.portal.outbox.kinds.mail import MailHandler
from heinsberg.portal.outbox.kinds.mail import MailRefused
from heinsberg.portal.outbox.worker import Worker

import contextlib
import pytest
import socket
import threading
import transaction


class Inbox:
    """Takes mail; ``answers`` are given to DATA first, one after the other."""

    def __init__(self) -> None:
        self.messages, self.envelopes = [], []
        self.answers: list[str] = []
        self.recipient_answers: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient_answers:
            return self.recipient_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append(envelope)
        if self.answers:
            return self.answers.pop(0)
        self.messages.append(
            message_from_bytes(envelope.content, policy=policy.default)
        )
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def relay(inbox, **options):
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.fixture
def inbox():
    box = Inbox()
    with relay(box) as port, override(smtp_host="127.0.0.1", smtp_port=port):
        yield box


@pytest.fixture
def send(desk, register):
    register(MailHandler(), IOutboxHandler, "mail")

    def send(to="erika@example.org", subject="Ihr Antrag", text="Guten Tag", **options):
        entry_id = api.send_mail(to, subject, text, site=desk.site, **options)
        transaction.commit()
        return entry_id

    return send


@pytest.fixture
def work(desk):
    def work():
        tally = Worker(desk.db).run_once()
        transaction.begin()
        return tally

    return work


def test_german_text_arrives_unharmed(inbox, send, work):
    entry_id = send(
        "Jörg Müßig <j.muessig@example.org>",
        "Übach-Palenberg: Änderung",
        "Schöne Grüße\nStraße & Öl\n",
        html="<p>Schöne Grüße</p>",
        sender="Kreis Heinsberg <portal@kreis.example>",
    )
    assert work().done == 1
    (message,) = inbox.messages
    assert message["Subject"] == "Übach-Palenberg: Änderung"
    assert message["To"].addresses[0].display_name == "Jörg Müßig"
    assert message["From"] == "Kreis Heinsberg <portal@kreis.example>"
    assert message["Message-ID"] == f"<{entry_id}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Straße & Öl" in message.get_body(("plain",)).get_content()
    assert "Grüße" in message.get_body(("html",)).get_content()
    assert inbox.envelopes[0].rcpt_tos == ["j.muessig@example.org"]
    assert inbox.envelopes[0].content.isascii()


def test_a_temporary_refusal_is_repeated_with_the_same_message(desk, inbox, send, work):
    inbox.answers = ["451 4.3.0 try again"]
    send()
    assert work().retried == 1
    (entry,) = api.pending(desk.site)
    assert entry.error == "SMTP 451 4.3.0"
    assert work().total == 0
    with ahead(minutes=1):
        assert work().done == 1
    first, second = inbox.envelopes
    assert first.content.split(b"boundary")[0] == second.content.split(b"boundary")[0]


def ahead(**delta):
    from datetime import timedelta
    from heinsberg.portal.foundation import clock

    return clock.frozen(clock.now() + timedelta(**delta))


@pytest.mark.parametrize("where", ["answers", "recipient_answers"])
def test_a_permanent_refusal_is_a_dead_letter_that_names_no_citizen(
    desk, inbox, send, work, where, caplog
):
    getattr(inbox, where).append("550 5.1.1 <erika@example.org> unknown")
    send()
    assert work().dead == 1
    (letter,) = api.dead_letters(desk.site)
    assert letter.error == "SMTP 550 5.1.1"
    assert "erika" not in caplog.text + repr(letter)
    assert inbox.messages == []


def test_a_temporary_refusal_of_the_recipient_is_repeated(inbox, send, work):
    inbox.recipient_answers = ["450 4.2.1 greylisted"]
    send()
    assert work().retried == 1
    with ahead(minutes=1):
        assert work().done == 1


def test_one_refused_recipient_does_not_stop_the_others(inbox, send, work):
    inbox.recipient_answers = ["550 5.1.1 unknown"]
    for number in range(3):
        send(f"citizen{number}@example.org")
    tally = work()
    assert (tally.done, tally.dead) == (2, 1)


def test_421_means_the_relay_is_down_and_pauses_all_mail(inbox, send, work):
    inbox.answers = ["421 4.3.2 shutting down"]
    for _each in range(3):
        send()
    tally = work()
    assert (tally.done, tally.retried) == (0, 1)


def test_nobody_listens(desk, send, work):
    with override(smtp_host="127.0.0.1", smtp_port=free_port()):
        send()
        assert work().retried == 1
    assert (
        api.pending(desk.site)[0].error
        == "the relay is not reachable (ConnectionRefusedError)"
    )


@contextlib.contextmanager
def rude(behave):
    """Listen and let ``behave(connection)`` do what it wants, in a thread per connection."""
    server = socket.create_server(("127.0.0.1", 0))

    def accept():
        with contextlib.suppress(OSError):
            while True:
                connection, _address = server.accept()
                with connection, contextlib.suppress(OSError):
                    behave(connection)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        # Closing alone does not end an accept() that another thread is in.
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(10)


def hang(connection):
    connection.recv(1)


def cut(connection):
    return None


def cut_in_the_middle(connection):
    connection.sendall(b"220 here\r\n")
    connection.recv(1000)
    connection.sendall(b"250 here\r\n")
    connection.recv(1000)


def trickle(connection):
    """One byte at a time: no single read ever times out."""
    gate = threading.Event()
    while not gate.wait(0.05):
        connection.sendall(b"2")


def garbage(connection):
    connection.sendall(b"\x00\xff\xfe nonsense\r\n" * 3)


@pytest.mark.parametrize("behave", [hang, cut, cut_in_the_middle, trickle, garbage])
def test_a_relay_that_hangs_cuts_or_trickles_holds_nobody_up(
    desk, send, work, monkeypatch, behave
):
    monkeypatch.setattr(smtp, "TIMEOUT", 0.4)
    monkeypatch.setattr(smtp, "LONGEST", 0.8)
    with rude(behave) as port, override(smtp_host="127.0.0.1", smtp_port=port):
        send()
        assert work().retried == 1
    assert api.pending_count(desk.site) == 1


def test_a_relay_that_dies_after_its_250_does_not_get_the_mail_twice(send, work):
    taken = []

    def polite_until_quit(connection):
        stream = connection.makefile("rwb")
        stream.write(b"220 here\r\n")
        stream.flush()
        for line in map(bytes.upper, stream):
            if line.startswith(b"QUIT"):
                return
            if line.startswith(b"DATA"):
                stream.write(b"354 go\r\n")
                stream.flush()
                for body in stream:
                    if body == b".\r\n":
                        break
                taken.append(1)
            stream.write(b"250 OK\r\n")
            stream.flush()

    with (
        rude(polite_until_quit) as port,
        override(smtp_host="127.0.0.1", smtp_port=port),
    ):
        send()
        assert work().done == 1
    assert taken == [1]


def test_starttls_is_demanded_not_hoped_for(inbox, desk, send, work):
    from heinsberg.portal.foundation.settings import settings

    with override(smtp_port=settings().smtp_port, smtp_starttls=True):
        send()
        assert work().retried == 1
    assert inbox.envelopes == []
    assert api.pending(desk.site)[0].error == "the relay lacks STARTTLS or login"


def test_a_wrong_password_waits_for_a_person_and_is_not_shown(desk, send, work, caplog):
    def authenticate(server, session, envelope, mechanism, data):
        return AuthResult(success=False, handled=False)

    options = {
        "authenticator": authenticate,
        "auth_required": True,
        "auth_require_tls": False,
    }
    with relay(Inbox(), **options) as port:
        with override(
            smtp_host="127.0.0.1", smtp_port=port, smtp_user="u", smtp_password="geheim"
        ):
            send()
            assert work().retried == 1
    assert api.pending(desk.site)[0].error == "the relay refuses our login (535)"
    assert "geheim" not in caplog.text


@pytest.mark.parametrize(
    "to",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\n\r\nbody",
        "Name\r\nBcc: x@y.z <a@example.org>",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "<a@example.org> <b@example.org>",
        "a b@example.org",
        "a@",
        "@example.org",
        "nobody",
        "",
        "a@exa mple.org",
        "a@b@c",
        "a@example..org",
        "a\x00@example.org",
        "a\u2028@example.org",
        "müller@example.org",
        "a@" + "x" * 300,
        None,
        ["a@example.org"],
    ],
)
def test_addresses_that_are_none_or_more_than_one_are_refused(desk, send, to):
    with pytest.raises(MailRefused):
        send(to)
    with pytest.raises(MailRefused):
        send(sender=to or "-")
    assert api.pending_count(desk.site) == 0


def test_a_subject_cannot_add_headers(inbox, send, work):
    send(subject="Hallo\r\nBcc: x@example.org\r\n\r\nbody\x00\u2028end")
    assert work().done == 1
    (message,) = inbox.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "Hallo Bcc: x@example.org body end"
    assert inbox.envelopes[0].rcpt_tos == ["erika@example.org"]


def test_dots_and_long_lines_survive(inbox, send, work):
    text = ".\r\n.leading\r\n" + "ä" * 3000 + "\nFrom here\n"
    send(text=text)
    assert work().done == 1
    content = inbox.messages[0].get_content().replace("\r\n", "\n")
    assert content.strip("\n") == text.replace("\r\n", "\n").strip("\n")


def test_an_international_domain_is_encoded():
    assert mail.address("info@köln.de").addr_spec == "info@xn--kln-sna.de"


def test_a_demonstration_writes_files_once_and_for_the_owner_only(
    send, work, tmp_path, monkeypatch
):
    monkeypatch.setenv("HEINSBERG_VAR", str(tmp_path))
    with override(smtp_host=""):
        entry_id = send(text="Grüße")
        assert work().done == 1
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"{entry_id}.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message.get_content().strip() == "Grüße"


def test_a_full_disk_is_retried(send, work, tmp_path, monkeypatch):
    (tmp_path / "mail").write_text("not a folder")
    monkeypatch.setenv("HEINSBERG_VAR", str(tmp_path))
    with override(smtp_host=""):
        send()
        assert work().retried == 1
