"""First screens are ready after a publication, for each scope its own."""

from __future__ import annotations

import pytest
from web_home import BRANCH, browser_of, forget_answers, make_person

pytestmark = pytest.mark.django_db


def test_a_prepared_page_asks_the_engine_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.warehouse.reader import Reader
    from maisui.web import warming

    people = [
        make_person("president", ("bank_president", "")),
        make_person("branch", ("branch_manager", BRANCH)),
        make_person("nobody", ("audit_administrator", "")),
    ]
    forget_answers(monkeypatch)
    asked: list[str] = []
    rows = Reader.rows
    monkeypatch.setattr(Reader, "rows", lambda self, query, values=(): (asked.append(query), rows(self, query, values))[1])

    assert warming.warm_version() == 2
    assert asked
    for person in people[:2]:
        asked.clear()
        client = browser_of(person)
        for part in ("", "?part=children", "?part=structure"):
            answer = client.get(f"/overview/{part}", headers={"HX-Request": "true", "HX-Request-Type": "partial"} if part else {})
            assert answer.status_code == 200
        assert asked == []


def test_what_goes_wrong_while_preparing_is_said_once_and_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from maisui.web import warming

    class Over(BaseException):
        """The end of the test: the watch itself has none."""

    def broken() -> int:
        raise ZeroDivisionError

    looks: list[int] = []

    def wait(_seconds: float) -> None:
        looks.append(1)
        if len(looks) == 3:
            raise Over

    monkeypatch.setattr(warming, "warm_version", broken)
    monkeypatch.setattr(warming.time, "sleep", wait)
    monkeypatch.setattr(warming.connection, "close", lambda: None)
    with pytest.raises(Over):
        warming._watch()
    assert caplog.text.count("first screens could not be prepared") == 1
