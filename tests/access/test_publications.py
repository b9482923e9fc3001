"""A publication while people read: one request sees one version, the next sees the new one, and nothing stays open."""

from __future__ import annotations

from datetime import date

import pytest
from example_home import run
from mini_bank import deliver, make_home
from scratch import scratch_folder

from maisui.answers import Bank, Question
from maisui.web.access.scope import Viewer

JANUARY, FEBRUARY = date(2026, 1, 31), date(2026, 2, 28)
pytestmark = pytest.mark.django_db


def test_one_request_sees_one_version_and_the_next_the_new_one() -> None:
    from maisui.web.answer_cache import AnswerCache
    from maisui.web.gateway import Gateway

    with scratch_folder() as folder:
        home = make_home(folder / "home")
        deliver(home, JANUARY)
        first = run(home, JANUARY).manifest.version
        bank, cache, viewer = Bank(home), AnswerCache(), Viewer("somebody", "某人", "", (("bank_president", ""),))
        early = Gateway(bank, viewer, cache=cache)
        assert early.ask(Question("deposit_balance")).version == first

        deliver(home, FEBRUARY)
        second = run(home, FEBRUARY).manifest.version
        with bank.reader() as reader:
            assert reader.manifest.version == second

        assert early.ask(Question("loan_balance")).version == first, "a request that began before goes on with its version"
        fresh = early.freshness()
        assert fresh is not None
        assert fresh.version == first
        late = Gateway(bank, viewer, cache=cache)
        assert late.ask(Question("deposit_balance")).version == late.ask(Question("loan_balance")).version == second
        assert set(bank._open) == {second}, "what nobody reads any more is closed"
        with bank.reader():
            pass
        bank._open[second].reader.close()
