"""What `maisui check` finds before a batch: how files are written, tables without a name, and what each gap disables."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_home import tell

from maisui.sources.loader import load_builtin
from maisui.warehouse.home import create_home

A = "\u0001"
EAST5 = load_builtin("east5")
SALE = (
    "H1|S1|F1|B0187H|麦川理财|王|居民身份证|77**|62001|本行|麦川|是|麦川农商行|D1|农金|P1|丰收一号|Z1|申购|CNY|20260330|101500|"
    "1.000000|5000.00|5000.00|5000.00|0.00|柜面|T1||20260331"
)


@pytest.fixture
def home(folder: Path) -> Path:
    path = folder / "home"
    create_home(path, legal_entity_code="E1", name_zh="示", name_en="Example", currency="CNY", sources=("east5",), is_demo=False)
    return path


def lay(home: Path, name: str, *rows: str, encoding: str = "utf-8") -> None:
    text = "".join(row.replace("|", A) + "\n" for row in rows)
    (home / "inbox" / "east5" / name).write_bytes(text.encode(encoding))


def facts(home: Path) -> dict:
    told = tell("check", "--json", "--home", str(home))
    assert told.code == 0, told.err
    return told.json


def feed(found: dict, code: str) -> dict:
    return next(feed for feed in found["sources"][0]["feeds"] if feed["feed"] == code)


def test_each_feed_says_how_its_newest_file_is_written(home: Path) -> None:
    lay(home, "B1-GYB-20260228.txt", "B1|0101|营业部|T1|E1|普通|是|P1|3|20200101|在岗||20260228")
    lay(home, "B1-GYB-20260331.txt", "T1|E1|B1|0101|ZX|B0187H|营业部|普通|是|是|否|全部|P1|甲|3|20200101|在岗|20260331", encoding="gb18030")
    teller = feed(facts(home), "GYB")
    assert (teller["files"], teller["first_date"], teller["last_date"]) == (2, "2026-02-28", "2026-03-31")
    assert (teller["encoding"], teller["layout"]) == ("gb18030", "4.0")
    assert feed(facts(home), "ZZKJQKMB")["last_date"] is None


def test_a_registered_file_is_described_by_its_receipt_also_when_the_inbox_is_empty(home: Path) -> None:
    """What was taken in stays said: version, encoding and whether certificates are deformed; a newer file in the inbox comes before it."""
    from datetime import date

    from maisui.intake import receive
    from maisui.warehouse.home import open_home

    opened = open_home(home)
    person = (
        "B1|0101|营业部|C{0}|王|居民身份证|{1}|普通个人客户|中国||男||197001||||||||||13800000000|否|999912|否|否|否|99991231||20260331"
    )
    rows = [person.format(number, f"330121{number:011}Z") for number in range(1, 40)]
    lay(home, "B1-GRJCXXB-20260331.txt", *rows, encoding="gb18030")
    receive(source=EAST5, inbox=opened.inbox / "east5", raw=opened.raw, until=date(2026, 3, 31), workers=1)
    (opened.inbox / "east5" / "B1-GRJCXXB-20260331.txt").unlink()
    seen = feed(facts(home), "GRJCXXB")
    assert (seen["registered"], seen["files"], seen["encoding"], seen["certificates"]) == (1, 0, "gb18030", "deformed")
    lay(home, "B1-GRJCXXB-20260430.txt", *(person.format(n, "11010519491231002X") for n in range(1, 40)))
    newest = feed(facts(home), "GRJCXXB")
    assert (newest["files"], newest["encoding"], newest["certificates"]) == (1, "utf-8", "genuine")


def test_a_gap_names_the_analyses_it_disables_and_metrics_without_any_source(home: Path) -> None:
    lay(
        home,
        "B1-GRCKFHZ-20260331.txt",
        "B1|0101|支行|2011|存款|C1|王|62001|个人活期存款|否|0.05|CNY|1.00|20200101||||人民币|正常||20260331",
    )
    found = facts(home)
    lost = {metric["code"] for metric in found["metrics_without_source"]}
    assert "deposit_balance" not in lost
    assert "transaction_count" in lost
    told = tell("check", "--home", str(home)).out
    assert (
        "not delivered (required: once it has come regularly, a batch stops without it): 401 General ledger, all subjects, ZZKJQKMB: without"
        in " ".join(told.split())
    )
    assert "metrics without any delivered source" in told


def test_what_a_gap_costs_follows_from_the_steps_that_read_the_feed(home: Path) -> None:
    """The ledger feeds metrics and names some; posts are kept until a step reads them."""
    found = facts(home)
    ledger, posts = feed(found, "ZZKJQKMB"), feed(found, "GWXXB")
    assert ledger["is_analysed"]
    assert "net_profit" in ledger["metrics"]
    assert "sub-ledgers against the ledger" in ledger["without_en"]
    assert not posts["is_analysed"]
    assert posts["metrics"] == []
    assert posts["without_en"] == "nothing yet: it is taken in and kept, no analysis uses it yet"
    told = " ".join(tell("check", "--home", str(home)).out.split())
    assert "104 Posts, GWXXB: nothing yet: it is taken in and kept" in told
    assert " more)" in told


def test_a_promise_appears_with_the_step_that_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as some step reads the posts, their words stand; steps that only count gaps do not make it so."""
    from maisui.answers import feed_use
    from maisui.answers.feed_use import KEPT_EN, OWN_STEPS, with_true_words
    from maisui.steps.step import Step
    from maisui.tables import BY_NAME

    assert with_true_words(EAST5).feeds["GWXXB"].without_en == KEPT_EN
    only_gaps = Step("gaps", BY_NAME["unknown_word"], ("post_snapshot",), "SELECT 1")
    monkeypatch.setattr(feed_use, "OWN_STEPS", (*OWN_STEPS, only_gaps))
    assert with_true_words(EAST5).feeds["GWXXB"].without_en == KEPT_EN
    by_post = Step("staff_by_post", BY_NAME["teller_day"], ("post_snapshot",), "SELECT 1")
    monkeypatch.setattr(feed_use, "OWN_STEPS", (*OWN_STEPS, by_post))
    assert with_true_words(EAST5).feeds["GWXXB"].without_en == EAST5.feeds["GWXXB"].without_en


def test_every_feed_that_is_used_says_what_is_lost_without_it() -> None:
    from maisui.sources.use import feeds_read

    silent = [code for code in sorted(feeds_read(EAST5)) if not (EAST5.feeds[code].without_zh and EAST5.feeds[code].without_en)]
    assert silent == []


def test_a_table_without_a_name_is_recognised_confirmed_and_read(home: Path) -> None:
    lay(home, "B0187H-LCXS-20260331.txt", SALE, SALE.replace("S1", "S2"))
    (source,) = facts(home)["sources"]
    assert source["unrecognised"] == ["B0187H-LCXS-20260331.txt"]
    likeness = source["looks_like"]["B0187H-LCXS-20260331.txt"]
    assert (likeness["feed"], likeness["pattern"]) == ("LCCPXSMX", "{any}-LCXS-{date}{part}.txt")
    lines = [line.strip() for line in tell("check", "--home", str(home)).out.splitlines()]
    start = lines.index("[[file_name]]")
    with (home / "bank.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(lines[start : start + 4]) + "\n")
    found = facts(home)
    assert found["sources"][0]["unrecognised"] == []
    assert feed(found, "LCCPXSMX")["files"] == 1


def test_two_tables_of_31_columns_are_told_apart(home: Path) -> None:
    from maisui.intake.recognise import looks_like

    holding = EAST5.feeds["LCCPDCCC"]
    cells = {column.name: "1.00" if column.kind in ("amount", "rate") else "甲" for column in holding.columns}
    cells |= {column.name: "20260331" for column in holding.columns if column.kind == "date"}
    cells |= {column.name: "CNY" for column in holding.columns if column.kind == "currency"}
    lay(home, "X-CC-20260331.txt", "|".join(cells.values()))
    lay(home, "X-XS-20260331.txt", SALE)
    nameless = tuple(one for one in EAST5.feeds.values() if not one.number)
    assert len({len(one.columns) for one in nameless}) == 7
    inbox = home / "inbox" / "east5"
    assert looks_like(inbox / "X-CC-20260331.txt", nameless)[0].code == "LCCPDCCC"
    assert looks_like(inbox / "X-XS-20260331.txt", nameless)[0].code == "LCCPXSMX"


def test_a_wrong_confirmation_is_refused(home: Path) -> None:
    with (home / "bank.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[file_name]]\nsource = "east5"\nfeed = "NONE"\npattern = "x-{date}.txt"\n')
    told = tell("check", "--home", str(home))
    assert told.code == 20
    assert "file_name: east5 has no feed 'NONE'" in told.err


def test_nothing_is_read_before_it_is_confirmed(home: Path) -> None:
    lay(home, "B0187H-LCXS-20260331.txt", SALE)
    told = tell("run", "--date", "2026-03-31", "--home", str(home))
    assert told.code == 20


def test_a_file_that_its_companion_does_not_vouch_for_is_named_before_a_batch(home: Path) -> None:
    lay(home, "B1-GYB-20260331.txt", "B1|0101|营业部|T1|E1|普通|是|P1|3|20200101|在岗||20260331")
    (home / "inbox" / "east5" / "B1-GYB-20260331.log").write_text("记录数:3", encoding="utf-8")
    assert facts(home)["sources"][0]["unkept"] == [{"file": "B1-GYB-20260331.txt", "what": "3 rows are declared, 1 were delivered"}]
    told = tell("check", "--home", str(home)).out
    assert "! B1-GYB-20260331.txt: 3 rows are declared, 1 were delivered; a batch refuses it" in " ".join(told.split())
