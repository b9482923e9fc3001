"""B5, B6, C1: what a control file vouches for is held to the row, the byte and the cent; a cut file is never loaded."""

import gzip
import hashlib
import json
import os

import pytest
from unit.intake.drawn_files import NAME, line, text_of

from maisui.intake import delivery

LOG = NAME.replace(".txt", ".log")
TOTALS = {"control": ".log", "total_columns": ("balance",), "total_currency": "currency"}
ROWS = [line(1, balance="0.10"), line(2, balance="0.20"), line(3, balance="100.00", currency="USD")]
CONTENT = text_of(*ROWS)
HASH = 6222000001 % 10**9 + 6222000002 % 10**9 + 6222000003 % 10**9


def control_of(**changes):
    said = {
        "文件名": NAME,
        "记录数": "3",
        "文件大小": str(len(CONTENT.encode())),
        "生成时间": "2026-03-31 23:59:59",
        "sha256": hashlib.sha256(CONTENT.encode()).hexdigest(),
        "sum.balance": "100.30",
        "sum.balance.CNY": "0.30",
        "sum.balance.USD": "100",
        "hash.account": str(HASH),
    }
    return "\n".join(f"{key}:{value}" for key, value in {**said, **changes}.items() if value is not None)


@pytest.fixture
def vouched(bank_of):
    return bank_of(**TOTALS)


def deliver(bank, control, content=CONTENT, name=NAME):
    bank.deliver(content, name)
    if control is not None:
        bank.deliver(control, name.replace(".gz", "").replace(".txt", ".log"))
    return bank.receive()


def test_a_file_that_keeps_its_word_is_loaded(vouched):
    [receipt] = deliver(vouched, control_of()).receipts
    assert receipt.loaded == 3
    assert receipt.control["rows"] == 3
    assert receipt.control["sum.balance.CNY"] == "0.30"
    assert receipt.totals == {"balance": {"CNY": "0.30", "USD": "100.00"}}


@pytest.mark.parametrize("text", ["file={n}\r\nrows = 3\r\nsum.balance＝100.30\r\n", "\ufefffile: {n}\nROWS：3\n", "", "\n\n"])
def test_control_files_come_in_several_hands(vouched, text):
    assert len(deliver(vouched, text.format(n=NAME)).receipts) == 1


def test_a_control_file_in_gb18030_is_understood(vouched):
    assert len(deliver(vouched, control_of().encode("gb18030")).receipts) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"记录数": "2"}, "2 rows are declared, 3 were delivered"),
        ({"记录数": "4"}, "4 rows are declared, 3 were delivered"),
        ({"sum.balance": "100.31"}, "the sum of balance differs from the declared one by -0.01"),
        ({"sum.balance.CNY": "0.29"}, "the sum of balance in CNY differs from the declared one by 0.01"),
        ({"sum.balance.EUR": "0.01"}, "the sum of balance in EUR differs from the declared one by -0.01"),
        ({"hash.account": str(HASH + 1)}, "the hash total of account differs"),
        ({"sha256": "0" * 64}, "the SHA-256 differs"),
        ({"文件大小": str(len(CONTENT.encode()) - 1)}, "bytes are declared"),
        ({"文件名": "B1-ACC-20260330.txt"}, "names another file"),
        ({"记录数": "three"}, "rows is not a whole number"),
        ({"文件大小": "-1"}, "bytes is not a whole number"),
        ({"sha256": "abc"}, "sha256 is not 64 hexadecimal digits"),
        ({"sum.name": "1"}, "sum.name does not name a column that can be added"),
        ({"sum.balance": "1,000"}, "sum.balance is not a plain number"),
        ({"hash.nothing": "1"}, "hash.nothing does not name a contracted column"),
        ({"hash.account": "x"}, "hash.account is not a whole number"),
        ({"rows": "4"}, "rows is declared twice"),
    ],
)
def test_one_row_or_one_cent_off_stops_the_file(vouched, change, told):
    taken = deliver(vouched, control_of(**change))
    assert taken.receipts == ()
    assert told in taken.refused[0].what


def test_everything_that_differs_is_told_at_once(vouched):
    what = deliver(vouched, control_of(**{"记录数": "4", "sum.balance.CNY": "1", "sha256": "0" * 64})).refused[0].what
    assert what.count(";") == 2


def test_a_correction_of_the_control_file_lets_the_file_in(vouched):
    assert deliver(vouched, control_of(记录数="4")).receipts == ()
    assert len(deliver(vouched, control_of()).receipts) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"记录数": "4"}, "4 rows are declared, 3 were delivered"),
        ({"sum.balance.CNY": "0.29"}, "the sum of balance in CNY differs from the declared one by 0.01"),
        ({"hash.account": str(HASH + 1)}, "the hash total of account differs"),
        ({"sha256": "0" * 64}, "the SHA-256 differs"),
        ({"文件大小": str(len(CONTENT.encode()) - 1)}, "bytes are declared"),
        ({"文件名": "B1-ACC-20260330.txt"}, "names another file"),
    ],
)
@pytest.mark.parametrize("had_control", [True, False])
def test_a_control_file_that_changes_or_comes_after_registration_is_held_against_the_file(vouched, change, told, had_control):
    assert len(deliver(vouched, control_of() if had_control else None).receipts) == 1
    vouched.deliver(control_of(**change), NAME.replace(".txt", ".log"))
    again = vouched.receive()
    assert told in again.refused[0].what
    assert again.registered == ()
    vouched.deliver(control_of(), NAME.replace(".txt", ".log"))
    mended = vouched.receive()
    assert (mended.refused, mended.registered, len(mended.receipts)) == ((), (), 1)


def test_a_control_file_that_says_less_or_the_same_later_has_nothing_read_again(vouched, monkeypatch):
    deliver(vouched, control_of())
    monkeypatch.setattr(delivery, "read_content", None)
    for said in (
        control_of(),
        control_of(生成时间="2026-04-01 00:00:00", **{"hash.account": None}),
        control_of(sha256=None, 记录数="3 条", **{"hash.account": None}),
    ):
        vouched.deliver(said, NAME.replace(".txt", ".log"))
        assert (vouched.receive().refused, vouched.receive().registered) == ((), ())


@pytest.mark.parametrize(
    ("content", "later"),
    [
        (CONTENT, control_of()),
        (text_of(*ROWS[:2], line(3, opened="x")), f"rows:3\nsum.balance:10.30\nhash.account:{HASH}"),
    ],
)
def test_what_a_later_control_file_vouches_for_is_read_again_once(vouched, monkeypatch, content, later):
    deliver(vouched, None, content)
    vouched.deliver(later, LOG)
    assert (vouched.receive().refused, vouched.receive().registered) == ((), ())
    monkeypatch.setattr(delivery, "read_content", None)
    monkeypatch.setattr("maisui.intake.control.read_control", None)
    assert (vouched.receive().refused, len(vouched.last.receipts)) == ((), 1)


def test_a_control_file_that_did_not_change_is_not_opened_again(vouched, monkeypatch):
    deliver(vouched, control_of())
    monkeypatch.setattr("maisui.intake.control.read_control", None)
    assert (vouched.receive().refused, len(vouched.last.receipts)) == ((), 1)


@pytest.mark.parametrize("note", ["", "[1, 2]", "{", '{"a": 1}', None])
def test_without_the_note_everything_is_held_once_more(vouched, note):
    deliver(vouched, control_of())
    place = vouched.raw / ".held" / "bank.json"
    kept = place.read_text()
    place.unlink() if note is None else place.write_text(note)
    assert (vouched.receive().refused, len(vouched.last.receipts)) == ((), 1)
    assert json.loads(kept).items() <= json.loads(place.read_text()).items()
    vouched.deliver(control_of(记录数="4"), LOG)
    assert "4 rows are declared" in vouched.receive().refused[0].what


def test_a_control_file_of_the_same_size_and_time_that_was_written_again_is_held_again(vouched):
    deliver(vouched, control_of())
    log = vouched.inbox / LOG
    times = log.stat().st_atime_ns, log.stat().st_mtime_ns
    vouched.deliver(control_of(记录数="4"), LOG)
    os.utime(log, ns=times)
    assert "4 rows are declared" in vouched.receive().refused[0].what


def test_a_control_file_that_changes_while_its_file_is_read_is_held_again(vouched, monkeypatch):
    real = delivery.read_content

    def read_and_change(*given):
        vouched.deliver(control_of(记录数="4"), LOG)
        return real(*given)

    with monkeypatch.context() as patched:
        patched.setattr(delivery, "read_content", read_and_change)
        assert len(deliver(vouched, control_of()).receipts) == 1
    assert "4 rows are declared" in vouched.receive().refused[0].what
    assert "4 rows are declared" in vouched.receive().refused[0].what


def test_an_older_revision_that_is_read_again_for_its_control_file_leaves_nothing_behind(vouched):
    deliver(vouched, None)
    newer = NAME.replace("-ACC-", "~2-ACC-")
    assert len(deliver(vouched, None, text_of(*ROWS, line(4)), newer).receipts) == 2
    vouched.deliver(control_of(), LOG)
    taken = vouched.receive()
    assert ([receipt.superseded for receipt in taken.receipts], taken.registered, taken.refused) == ([True, False], (), ())
    assert not list((vouched.raw / ".building" / "bank").iterdir())


def test_duplicates_and_quarantined_rows_count_as_delivered(vouched):
    content = text_of(ROWS[0], ROWS[0], line(2, balance="5.00", opened="x"))
    taken = deliver(
        vouched, "rows:3\nsum.balance:5.20\nhash.account:666000004".replace("666000004", str(222000001 * 2 + 222000002)), content
    )
    assert [(r.loaded, r.duplicate, r.quarantined) for r in taken.receipts] == [(1, 1, 1)]
    assert taken.receipts[0].totals == {"balance": {"CNY": "0.10"}}


def test_sums_hidden_by_quarantine_are_said_to_be_unknown(vouched):
    content = text_of(ROWS[0], line(2, balance="x"), "torn")
    [receipt] = deliver(vouched, "rows:3\nsum.balance:999.00\nhash.account:5", content).receipts
    assert [(notice.code, notice.count) for notice in receipt.warnings] == [("control_sums_unknown", 2)]
    assert "2 rows are declared" in deliver(vouched, "rows:2\nsum.balance:999.00", content + line(4)).refused[0].what


def test_lines_not_understood_are_counted(vouched):
    [receipt] = deliver(vouched, control_of() + "\nwhatever:1\n???").receipts
    assert [(notice.code, notice.count) for notice in receipt.warnings] == [("unknown_control_key", 1)]


@pytest.mark.parametrize("content", [b"\xff\xff\xff", b"x" * (1 << 20) + b"y"])
def test_a_control_file_that_is_none_stops_the_file(vouched, content):
    assert "control file" in deliver(vouched, content).refused[0].what


@pytest.mark.parametrize("share", range(0, 100, 7))
def test_a_cut_file_is_never_loaded(bank_of, share):
    content = text_of(*(line(number) for number in range(30)))
    whole = content.encode()
    said = {"rows": "rows:30", "bytes": f"bytes:{len(whole)}", "sha256": f"sha256:{hashlib.sha256(whole).hexdigest()}"}
    for control in (*said.values(), "\n".join(said.values())):
        bank = bank_of(**TOTALS)
        taken = deliver(bank, control, whole[: len(whole) * share // 100])
        assert taken.receipts == ()
        assert len(taken.refused) + len(taken.waiting) == 1


@pytest.mark.parametrize("missing", [1, 2, 3, 7])
def test_a_cut_in_the_last_field_is_seen(bank_of, missing):
    whole = text_of(*(line(number) for number in range(30))).encode()
    for control in ("rows:30", f"rows:30\nbytes:{len(whole)}", f"sha256:{hashlib.sha256(whole).hexdigest()}"):
        assert deliver(bank_of(**TOTALS), control, whole[:-missing]).receipts == ()


def test_without_control_file_a_torn_last_line_is_quarantined(bank):
    whole = text_of(line(1), line(2)).encode()
    receipt = bank.take(whole[:-30])
    assert (receipt.loaded, bank.reasons(receipt)) == (1, {2: "field_count"})


def test_a_file_waits_for_its_required_control_file(bank_of):
    bank = bank_of(**TOTALS, control_required=True)
    taken = deliver(bank, None)
    assert (taken.receipts, [w.file_name for w in taken.waiting]) == ((), [NAME])
    assert len(deliver(bank, control_of()).receipts) == 1


def test_a_control_file_waits_for_its_data(vouched):
    vouched.deliver("rows:3", NAME.replace(".txt", ".log"))
    vouched.deliver("rows:3", "B1-ACC-20260401.log")
    vouched.deliver("rows:3", "other.log")
    taken = vouched.receive()
    assert [w.file_name for w in taken.waiting] == [NAME.replace(".txt", ".log")]
    assert taken.unrecognised == ("other.log",)
    path = vouched.deliver(CONTENT)
    assert vouched.receive().waiting == ()
    path.unlink()
    assert vouched.receive().waiting == ()


def test_a_file_smaller_than_declared_is_still_growing(vouched):
    taken = deliver(vouched, control_of(), CONTENT[:-20])
    assert (taken.receipts, taken.refused) == ((), ())
    assert "still being written" in taken.waiting[0].what
    assert len(deliver(vouched, control_of()).receipts) == 1


def test_a_file_that_changes_while_it_is_read_waits(bank, monkeypatch):
    path = bank.deliver(CONTENT)
    read = delivery.read_content

    def read_and_grow(*given):
        reading = read(*given)
        with path.open("a") as file:
            file.write(line(9))
        return reading

    monkeypatch.setattr(delivery, "read_content", read_and_grow)
    taken = bank.receive()
    assert (taken.receipts, [w.what for w in taken.waiting]) == ((), ["the file changed while it was read"])


def test_a_file_taken_away_meanwhile_waits(bank, monkeypatch):
    path = bank.deliver(CONTENT)
    read = delivery.read_content

    def read_and_remove(*given):
        reading = read(*given)
        path.unlink()
        return reading

    monkeypatch.setattr(delivery, "read_content", read_and_remove)
    assert "taken away" in bank.receive().waiting[0].what


def test_a_file_without_right_to_read_is_refused(bank, monkeypatch):
    bank.deliver(CONTENT)

    def forbidden(*_given):
        raise PermissionError

    monkeypatch.setattr(delivery, "read_content", forbidden)
    assert "may not be read" in bank.receive().refused[0].what


def test_a_packed_file_may_declare_either_size(vouched):
    packed = gzip.compress(CONTENT.encode())
    for sizes in (len(packed), len(CONTENT.encode())):
        assert len(deliver(vouched, control_of(文件大小=str(sizes)), packed, NAME + ".gz").receipts) >= 1
    other = gzip.compress(text_of(*ROWS, line(9)).encode())
    assert len(deliver(vouched, "bytes:9999", other, NAME + ".gz").waiting) == 1
    assert "bytes are declared" in deliver(vouched, "bytes:3", other, NAME + ".gz").refused[0].what
    assert deliver(vouched, f"sha256:{hashlib.sha256(other).hexdigest()}", other, NAME + ".gz").refused == ()


def test_an_empty_file_needs_a_control_file_that_says_so(bank_of):
    for has_header in (False, True):
        assert "the file is empty" in bank_of(**TOTALS, has_header=has_header).refusal(b"")
        assert "the file is empty" in deliver(bank_of(**TOTALS, has_header=has_header), "rows:1", b"").refused[0].what
        [receipt] = deliver(bank_of(**TOTALS, has_header=has_header), "rows:0\nbytes:0", b"").receipts
        assert (receipt.line_count, receipt.first_line, receipt.last_line) == (0, 0, 0)
        assert [notice.code for notice in receipt.warnings] == ["no_rows"]


def test_a_header_alone_is_no_rows(bank_of):
    bank = bank_of(has_header=True)
    receipt = bank.take(b"\xef\xbb\xbf" + "|".join(bank.feed.column_names).encode() + b"\r\n")
    assert (receipt.line_count, [notice.code for notice in receipt.warnings]) == (0, ["no_rows"])
    assert bank.rows(receipt) == []


def test_inbox_times_do_not_matter_to_content(vouched):
    path = vouched.deliver(CONTENT)
    vouched.receive()
    os.utime(path, (1, 1))
    assert vouched.receive().registered == ()


@pytest.mark.parametrize(
    "control",
    [
        f"{NAME},3,{len(CONTENT.encode())},20260331235959",
        f"{NAME}|3|{len(CONTENT.encode())}|2026-03-31",
        f"{NAME}\x013\x01{len(CONTENT.encode())}\x0120260331",
        f"文件名,记录数,文件大小,生成时间\n{NAME},3,{len(CONTENT.encode())},20260331",
        f"size={len(CONTENT.encode())}\nrow_count=3\nfilename={NAME}",
        f"文件名称：{NAME}\n数据条数：3\n文件大小：{len(CONTENT.encode())}",
        f"数据文件名称：{NAME}\n总记录数：3 条\n文件大小：{len(CONTENT.encode())} 字节",
        f"[file]\n文件名称={NAME}\n数据行数=3行",
    ],
)
def test_the_same_is_understood_in_several_spellings(vouched, control):
    deliver(vouched, control)
    taken = vouched.receive()
    assert not taken.refused, taken.refused
    assert taken.receipts[0].control["rows"] == 3


@pytest.mark.parametrize("control", [f"{NAME},4,{len(CONTENT.encode())},20260331", "总记录数：4 条", "rows,file\n4," + NAME])
def test_a_wrong_count_is_caught_in_every_spelling(vouched, control):
    deliver(vouched, control)
    (refused,) = vouched.receive().refused
    assert "4 rows are declared, 3 were delivered" in refused.what
