"""A served home: the server started by its verb, a person who signs in over HTTP, and the verbs that look after it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from example_home import arguments, command, environment, is_three_lines
from mini_bank import make_home as make_mini_home

OWN = "Wheat-and-rye-2026"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_mini_home(tmp_path_factory.mktemp("served") / "home")
    path.chmod(0o700)
    return path


def told(home: Path, *words: str) -> Any:
    done = command(home, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def teller(home: Path) -> dict[str, str]:
    return told(home, "users", "add", "teller1", "--name", "柜员", "--role", "teller")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def served(home: Path, scheme: str, *words: str) -> Iterator[str]:
    """Serve `home` until the block ends, and give the root of its addresses."""
    port = free_port()
    command_line = arguments(home, "serve", "--port", str(port), "--workers", "1", *words)
    server = subprocess.Popen(command_line, env=environment(), start_new_session=True)
    root = f"{scheme}://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                if open_url(root, "/healthz").status == 200:
                    break
            except URLError:
                time.sleep(0.1)
        yield root
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def address(home: Path, teller: dict[str, str]) -> Iterator[str]:
    with served(home, "http") as root:
        yield root


def open_url(root: str, path: str, *, data: bytes | None = None, **headers: str) -> Any:
    """Open an address of the served home, without cookies."""
    assert root.startswith(("http://127.0.0.1:", "https://127.0.0.1:"))
    request = Request(root + path, data=data, headers=headers)  # noqa: S310 - the scheme was just checked
    return urlopen(request, timeout=20, context=ssl._create_unverified_context())  # noqa: S310, S323 - a certificate made for this test


def processes() -> dict[int, tuple[int, str]]:
    """Return the parent and the command of every process that can be seen."""
    found: dict[int, tuple[int, str]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            found[int(place.name)] = parent, (place / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    return found


class Browser:
    """A client that keeps cookies and sends the token of the last form."""

    def __init__(self, root: str) -> None:
        self.root, self.jar = root, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))
        self.page, self.url, self.headers = "", "", None

    def get(self, path: str) -> Browser:
        return self._open(path, None)

    def post(self, path: str, **fields: str) -> Browser:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        assert token
        body = urlencode(fields | {"csrfmiddlewaretoken": token.group(1)}).encode()
        return self._open(path, body)

    def _open(self, path: str, body: bytes | None) -> Browser:
        request = Request(self.root + path, data=body, headers={"Referer": self.url})  # noqa: S310 - the root is our own server
        with self.opener.open(request, timeout=20) as answer:
            self.page, self.url, self.headers = answer.read().decode(), answer.url, answer.headers
        return self


def test_the_web_runs_in_a_process_begun_anew(address: str) -> None:
    """A forked one has not the engine's threads of the process that was forked, and waits for them when a version is closed."""
    port, running = address.rpartition(":")[2], processes()
    servers = {number for number, (_, told) in running.items() if f"--port {port}" in told}
    assert [told for parent, told in running.values() if parent in servers and "spawn_main" in told]


def test_a_new_user_signs_in_and_chooses_his_own_password(address, teller):
    browser = Browser(address).get("/account/")
    assert "/sign-in/" in browser.url
    browser.post("/sign-in/", login="teller1", password=teller["password"])
    assert browser.url.endswith("/sign-in/password/")
    browser.post("/sign-in/password/", oldpassword=teller["password"], password1=OWN, password2=OWN)
    browser.get("/account/")
    assert browser.url.endswith("/account/")
    assert "柜员" in browser.page


def test_answers_carry_the_headers_of_a_bank(address):
    headers = Browser(address).get("/sign-in/").headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in headers["Cache-Control"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl to make a certificate with")
def test_over_tls_cookies_are_bound_to_the_host_and_browsers_told_to_stay(home, teller, tmp_path):
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1")
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    with served(home, "https", "--tls-cert", str(certificate), "--tls-key", str(key)) as root:
        headers = open_url(root, "/sign-in/").headers
    cookies = headers.get_all("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
    assert "max-age=31536000" in headers["Strict-Transport-Security"]


def test_a_form_from_elsewhere_is_refused(address):
    with pytest.raises(HTTPError) as refused:
        open_url(address, "/sign-in/", data=b"login=teller1&password=x")
    assert refused.value.code == 403


def test_another_host_name_is_refused(address):
    with pytest.raises(HTTPError) as refused:
        open_url(address, "/sign-in/", Host="evil.example")
    assert refused.value.code == 400


def test_a_forged_forwarding_header_does_not_change_the_source(home, address, teller):
    browser = Browser(address).get("/sign-in/")
    browser.opener.addheaders = [("X-Forwarded-For", "8.8.8.8")]
    browser.post("/sign-in/", login="teller1", password=OWN + "x")
    with sqlite3.connect(f"file:{home}/operational.sqlite3?mode=ro", uri=True) as database:
        sources = {row[0] for row in database.execute("SELECT source_address FROM audit_record WHERE action = 'sign_in'")}
    assert "8.8.8.8" not in sources


def test_users_are_reset_and_disabled_at_the_server(home):
    told(home, "users", "add", "second1", "--name", "二")
    again = told(home, "users", "reset", "second1", "--second-factor")
    assert len(again["password"]) >= 12
    assert told(home, "users", "disable", "second1") == {"username": "second1", "is_active": False}
    listed = {user["username"]: user for user in told(home, "users", "list")}
    assert listed["second1"]["is_active"] is False
    assert listed["teller1"]["grants"][0]["role"] == "teller"


@pytest.mark.parametrize(
    "words",
    [
        ("users", "add", "Bad Name", "--name", "x"),
        ("users", "add", "teller1", "--name", "x"),
        ("users", "add", "clash1", "--name", "x", "--role", "teller", "--role", "audit_administrator"),
        ("users", "reset", "nobody"),
        ("users", "disable", "nobody"),
        ("audit", "purge", "--keep-days", "30"),
    ],
)
def test_what_may_not_be_is_refused_in_three_lines(home, teller, words):
    done = command(home, *words)
    assert done.returncode == 30
    assert is_three_lines(done.stderr)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--host", "0.0.0.0"), "encrypted"),  # noqa: S104 - must be refused
        (("--behind-proxy",), "host names"),
        (("--host", "0.0.0.0", "--behind-proxy"), "host names"),  # noqa: S104
    ],
)
def test_the_web_never_listens_in_the_open(home, words, part):
    done = command(home, "serve", "--port", str(free_port()), *words)
    assert done.returncode == 10
    assert part in done.stderr


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        (lambda home: (home / "keys" / "secret").write_text("short"), "too weak"),
        (lambda home: (home / "keys" / "secret").write_text("a" * 80), "too weak"),
        (lambda home: (home / "keys" / "secret").chmod(0o644), "may be read by others"),
        (lambda home: (home / "keys" / "audit").chmod(0o640), "may be read by others"),
        (lambda home: home.chmod(0o755), "others on this machine"),
        (lambda home: (home / "operational.sqlite3").chmod(0o644), "others on this machine"),
    ],
)
def test_a_careless_home_is_not_served(home, tmp_path, damage, part):
    from example_home import copy_home

    told(home, "users", "list")
    copy = copy_home(home, tmp_path / "home")
    damage(copy)
    done = command(copy, "serve", "--port", str(free_port()))
    assert done.returncode == 10, done.stdout
    assert part in done.stderr


def test_the_doctor_finds_a_home_without_administrator_and_repairs_rights(tmp_path):
    home = make_mini_home(tmp_path / "home")
    home.chmod(0o755)
    examined = command(home, "doctor", "--json")
    assert examined.returncode == 10
    assert {finding["check"] for finding in json.loads(examined.stdout) if not finding["is_good"]} >= {"rights", "keys"}
    command(home, "doctor", "--repair")
    assert home.stat().st_mode & 0o777 == 0o700
    findings = {finding["check"]: finding for finding in json.loads(command(home, "doctor", "--json").stdout)}
    assert findings["administrators"]["is_good"] is False
    assert all(findings[name]["is_good"] for name in ("rights", "keys", "database", "clock", "audit log"))
    told(home, "users", "add", "guard1", "--name", "守", "--role", "security_administrator")
    findings = {finding["check"]: finding for finding in json.loads(command(home, "doctor", "--json").stdout)}
    assert findings["administrators"]["is_good"] is True


def test_a_changed_record_is_named_by_the_command(home, tmp_path, teller):
    from example_home import copy_home

    assert told(home, "audit", "verify")["is_good"] is True
    copy = copy_home(home, tmp_path / "home")
    with sqlite3.connect(copy / "operational.sqlite3") as database:
        database.execute("DROP TRIGGER audit_record_no_update")
        database.execute("UPDATE audit_record SET actor_username = 'nobody' WHERE sequence = 2")
    done = command(copy, "audit", "verify")
    assert done.returncode == 30
    assert "record 2 was changed" in done.stderr


def test_a_cut_tail_is_found_by_the_command(home, tmp_path, teller):
    from example_home import copy_home

    copy = copy_home(home, tmp_path / "home")
    with sqlite3.connect(copy / "operational.sqlite3") as database:
        database.execute("DROP TRIGGER audit_record_no_delete")
        database.execute("DELETE FROM audit_record WHERE sequence = (SELECT max(sequence) FROM audit_record)")
    assert "the tail is cut" in command(copy, "audit", "verify").stderr


def test_the_worker_ends_when_nothing_waits_and_is_the_only_one(home, teller):
    assert command(home, "worker", "--once").returncode == 0
    first = subprocess.Popen(arguments(home, "worker"), env=environment())
    try:
        for _ in range(100):
            time.sleep(0.1)
            if (home / "worker.lock").exists() and command(home, "worker", "--once").returncode == 11:
                break
        else:
            raise AssertionError("a second worker was let in")
    finally:
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=20) == 0
