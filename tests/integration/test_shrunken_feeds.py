"""A full file that was cut short is told by the batch, by `maisui status` and to whoever looks at deliveries."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from example_home import run, tell
from mini_bank import SOURCE, MiniBank, deliver, lay, make_home

from maisui.answers import Bank, feed_states

JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)


def test_a_list_of_customers_cut_short_is_told_until_it_is_whole_again(tmp_path: Path) -> None:
    home, bank = make_home(tmp_path / "home"), MiniBank()
    own = bank.rows("CUST", JANUARY)
    others = [[f"X{number:03}", "personal", f"Customer X{number:03}", "B1", "19800229"] for number in range(40)]
    deliver(home, JANUARY, leave_out=("CUST",))
    lay(home, "CUST", JANUARY, [*own, *others])
    assert run(home, JANUARY).notes == ()

    deliver(home, FEBRUARY, JANUARY)  # the bank's own few customers only
    (note,) = (note for note in run(home, FEBRUARY).notes if "holds" in note)
    assert note.startswith(f"{SOURCE}: CUST of 2026-02-28 holds {len(own)} rows, that of 2026-01-31 held {len(own) + 40}: ")

    told = tell("status", "--home", str(home), "--json")
    assert json.loads(told.out)["shrunken"] == [
        {
            "source": SOURCE,
            "feed": "CUST",
            "date": "2026-02-28",
            "loaded": len(own),
            "before": "2026-01-31",
            "loaded_before": len(own) + 40,
        }
    ]
    assert "fewer rows:" in tell("status", "--home", str(home)).out
    found = Bank(home)
    with found.reader() as reader:
        shrunk = {state.feed: state.shrunken for state in feed_states(reader, found.home) if state.shrunken}
    assert {feed: (one.rows, one.rows_before) for feed, one in shrunk.items()} == {"CUST": (len(own), len(own) + 40)}

    deliver(home, MARCH, FEBRUARY, leave_out=("CUST",))
    lay(home, "CUST", MARCH, [*own, *others])
    assert not [note for note in run(home, MARCH).notes if "holds" in note]
