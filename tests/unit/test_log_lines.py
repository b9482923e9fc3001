"""A log line is one JSON object that quotes nothing: no query, no form, no exception's message, no forged second line."""

from __future__ import annotations

import io
import json
import logging
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maisui.errors import QuestionError
from maisui.web.components.log_lines import SafeJsonFormatter, exception_places

SECRET = "6222020200112233445"  # noqa: S105 - a card number that must not appear
FIELDS = {"timestamp", "level", "logger", "message", "status_code", "route", "method", "user", "exc_info"}


class Log:
    """A logger of its own that writes to memory."""

    def __init__(self) -> None:
        self._out = io.StringIO()
        handler = logging.StreamHandler(self._out)
        handler.setFormatter(SafeJsonFormatter())
        self.logger = logging.Logger("maisui.test")  # noqa: LOG001 - not part of the tree of loggers
        self.logger.addHandler(handler)

    @property
    def text(self) -> str:
        """Return everything written."""
        return self._out.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return each line, which must be one JSON object of known fields."""
        assert self.text.endswith("\n")
        found = [json.loads(line) for line in self.text[:-1].split("\n")]
        assert all(isinstance(line, dict) and set(line) <= FIELDS for line in found)
        return found


def request(route: str | None = "customers/<str:number>/") -> SimpleNamespace:
    """Return what Django puts into a record: a request whose address, form and headers hold a secret."""
    match = SimpleNamespace(route=route) if route is not None else None
    return SimpleNamespace(
        resolver_match=match,
        method="POST",
        path=f"/customers/{SECRET}/",
        GET={"q": SECRET},
        POST={"name": SECRET},
        META={"QUERY_STRING": SECRET},
    )


def test_a_request_is_told_by_its_route() -> None:
    log = Log()
    log.logger.error("Internal Server Error: %s", f"/customers/{SECRET}/?q={SECRET}", extra={"status_code": 500, "request": request()})
    log.logger.warning("Not Found: %s", f"/x?{SECRET}", extra={"status_code": 404, "request": request(None)})
    first, second = log.lines
    assert (first["route"], first["method"], first["status_code"], first["level"]) == ("customers/<str:number>/", "POST", 500, "ERROR")
    assert second["route"] == "(no route)"
    assert SECRET not in log.text


def test_an_exception_is_told_by_its_kind_and_place() -> None:
    log = Log()
    try:
        try:
            int(SECRET + "x")
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError:
        log.logger.exception("the page failed")
    [line] = log.lines
    assert SECRET not in log.text
    assert line["exc_info"].startswith("KeyError at ")
    assert "caused by ValueError at " in line["exc_info"]
    assert "test_log_lines.py" in line["exc_info"]


@pytest.mark.parametrize("as_argument", [True, False])
def test_an_exception_given_as_the_message_is_told_by_its_kind(as_argument: bool) -> None:
    log = Log()
    error = ValueError(SECRET)
    if as_argument:
        log.logger.warning("it failed: %s %s", "twice", error)
    else:
        log.logger.warning(error)
    assert SECRET not in log.text
    assert "ValueError" in log.lines[0]["message"]


def test_the_products_own_errors_keep_their_words() -> None:
    log = Log()
    log.logger.warning("refused: %s", QuestionError("there is no metric x", where="--metric", next_step="ask another"))
    assert "there is no metric x" in log.lines[0]["message"]


def test_what_a_record_carries_besides_is_left_out() -> None:
    log = Log()
    log.logger.warning("done", extra={"password": SECRET, "form": {"name": SECRET}, "sql": SECRET, "params": (SECRET,)}, stack_info=True)
    log.logger.warning({"message": "told", "customer": SECRET})
    assert SECRET not in log.text
    assert [line["message"] for line in log.lines] == ["done", "told"]


def test_other_handlers_see_the_record_as_it_was() -> None:
    log = Log()
    record = log.logger.makeRecord("maisui.test", logging.ERROR, __file__, 1, "Not Found: %s", ("/x",), None, extra={"request": request()})
    log.logger.handle(record)
    assert (record.msg, record.args) == ("Not Found: %s", ("/x",))


def test_causes_in_a_circle_come_to_an_end() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert exception_places(first).count("ValueError") == 1


FORGERIES = (
    "a\nb",
    "a\r\nb",
    "\x1b[2J\x1b[31m",
    "\u202egnp.exe",
    "\u2028",
    "\u2029",
    "\x00",
    "\x85",
    '"}\n{"level":"INFO"',
    "\ud800",
    "\u2066x\u2069",
)


@pytest.mark.parametrize("name", FORGERIES)
def test_a_name_cannot_forge_a_line(name: str) -> None:
    log = Log()
    log.logger.warning("signed in: %s", name, extra={"user": name})
    [line] = log.lines
    assert line["user"] == name
    assert log.text[:-1].isprintable()
    assert log.text.isascii()


@given(st.text(st.characters(), max_size=40), st.text(st.characters(), max_size=40))
def test_whatever_is_logged_is_one_printable_line(message: str, user: str) -> None:
    log = Log()
    log.logger.warning("%s", message, extra={"user": user})
    [line] = log.lines
    assert line["message"] == message
    assert log.text[:-1].isprintable()
    assert log.text.isascii()
