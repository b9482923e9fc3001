"""Supplements: what is wrong is said by cell, one uploads and another approves, and only then a file lies in the inbox."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from web_home import BRANCH, HEAD, OTHER_BRANCH, signed_in_browser, web_home

pytestmark = pytest.mark.django_db
HEADER = "employee_number,worked_on,organisation_code,attendance_status,work_minute_count\n"
GOOD = HEADER + f"E1,20260301,{BRANCH},出勤,480\nE2,20260301,{BRANCH},休假,\n"


@pytest.fixture
def inbox(settings, tmp_path: Path) -> Path:
    """Return the inbox of a home that reads the supplement source."""
    sources = (*settings.HOME.sources, "supplement")
    settings.HOME = replace(settings.HOME, path=tmp_path, sources=sources)
    own = tmp_path / "sources"
    own.symlink_to(web_home() / "sources")
    return tmp_path / "inbox" / "supplement"


def upload(client: Client, text: str | bytes, feed: str = "attendance", name: str = "考勤.csv"):
    """Upload a file and return the answer."""
    content = text.encode() if isinstance(text, str) else text
    return client.post("/supplements/new/", {"feed": feed, "day": "2026-03-31", "file": SimpleUploadedFile(name, content)})


def uploaded(client: Client, text: str = GOOD, **options) -> int:
    """Upload a file that can be read and return its number."""
    answer = upload(client, text, **options)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def submitted(client: Client, text: str = GOOD, place: str = "", **options) -> int:
    """Upload and submit a good file."""
    number = uploaded(client, text, **options)
    assert client.post(f"/supplements/{number}/submit/", {"reason": "三月考勤", "place": place}).status_code == 302
    return number


def decide(client: Client, number: int, decision: str = "approve", note: str = "") -> int:
    """Decide and return the status."""
    return client.post(f"/supplements/{number}/decide/", {"decision": decision, "note": note}).status_code


def state_of(number: int) -> str:
    """Return how far an upload is."""
    from maisui.web.supplements.models import SupplementUpload

    return SupplementUpload.objects.get(pk=number).state


def records(action: str) -> list[dict]:
    """Return the details of the audit records of an action."""
    from maisui.web.audit.models import AuditRecord

    return [json.loads(found.details) | {"result": found.result} for found in AuditRecord.objects.filter(action=action)]


def test_an_approved_file_lies_in_the_inbox_as_it_was_uploaded(inbox: Path, django_capture_on_commit_callbacks) -> None:
    """Uploaded, submitted, approved by another: then, and only then, it is delivered, under a name of its own."""
    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))
    number = submitted(one)
    assert not inbox.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(other, number) == 302
    (file,) = inbox.iterdir()
    assert file.name == f"upload{number:06d}-attendance-20260331.csv"
    assert file.read_bytes() == GOOD.encode()
    assert [path.name for path in inbox.parent.iterdir()] == ["supplement"]
    assert "下一次发布后生效" in one.get(f"/supplements/{number}/").content.decode()
    (approval,) = records("supplement_approve")
    assert (approval["rows"], approval["feed"], len(approval["sha256"])) == (2, "attendance", 64)


def test_nobody_approves_what_he_uploaded_not_even_with_two_roles(inbox: Path) -> None:
    """One person with both rights, and one person with two users of one employee number, are refused."""
    both = signed_in_browser("both", ("data_engineer", ""), ("bank_president", ""))
    number = submitted(both)
    assert decide(both, number) == 409
    assert state_of(number) == "waiting"
    assert [found["result"] for found in records("supplement_approve")] == ["refused"]
    assert not inbox.exists()


def test_nobody_approves_what_he_uploaded_under_another_number_of_his(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maisui.web.own_numbers.person_of", lambda _gateway, number: ("K9", "M1") if number in ("K9", "M1") else ())
    number = submitted(signed_in_browser("one", ("data_engineer", ""), employee_number="M1"))
    himself = signed_in_browser("himself", ("bank_president", ""), employee_number="K9")
    assert f"/supplements/{number}/decide/" not in himself.get(f"/supplements/{number}/").content.decode()
    decide(himself, number)
    assert state_of(number) == "waiting"
    assert not inbox.exists()


def test_a_rejection_says_why_and_nothing_is_delivered(inbox: Path) -> None:
    """Without a reason it is refused; a decided file stays decided."""
    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))
    number = submitted(one)
    assert decide(other, number, "reject") == 409
    assert decide(other, number, "reject", "人员不全") == 302
    assert decide(other, number) == 409
    assert state_of(number) == "rejected"
    assert not inbox.exists()
    assert "人员不全" in one.get(f"/supplements/{number}/").content.decode()


def test_each_fault_is_told_by_row_letter_and_what_is_allowed(inbox: Path) -> None:
    """A missing key, a day that does not exist, an unknown format: none shows the value itself, and nothing can be submitted."""
    one = signed_in_browser("one", ("data_engineer", ""))
    number = uploaded(one, HEADER + f"E1,20260230,{BRANCH},出勤,480\n,20260301,{BRANCH},出勤,SECRET77\nE1,20260230,{BRANCH},出勤,1\n")
    page = one.get(f"/supplements/{number}/").content.decode()
    faults = page[page.index('id="faults"') : page.index('id="preview"')]
    for told in ("没有这一天", "必填项为空", "不是整数", "主键与前面的行重复", "日期 YYYYMMDD", "<strong>B</strong>", "<strong>E</strong>"):
        assert told in faults
    assert "SECRET77" not in faults
    assert one.post(f"/supplements/{number}/submit/", {"reason": "三月考勤"}).status_code == 409
    assert "SECRET77" not in json.dumps([*records("supplement_upload"), *records("supplement_submit")])


def test_a_workbook_is_checked_like_csv(inbox: Path) -> None:
    """Its cells are named by their place in the sheet."""
    book = openpyxl.Workbook()
    for row in (HEADER.strip().split(","), ["E1", 20260301, BRANCH, "出勤", 480], [6222020000000000, 20260301, BRANCH, "出勤", None]):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    one = signed_in_browser("one", ("data_engineer", ""))
    number = uploaded(one, written.getvalue(), name="考勤.xlsx")
    page = one.get(f"/supplements/{number}/").content.decode()
    assert "超过 15 位的数字已被表格软件改动" in page
    assert '<td class="number">3</td><td><strong>A</strong>' in page


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"x"), ("a.xlsm", b"x"), ("a.csv", b""), ("a.xlsx", b"PK"), ("a.csv", b"x,y\n1,2\n"), ("a.csv", b"\xff\xfe\x00\xff,\n")],
)
def test_what_cannot_be_read_is_refused_with_its_reason(inbox: Path, name: str, content: bytes) -> None:
    """Other formats, empty and broken files, other columns."""
    assert upload(signed_in_browser("one", ("data_engineer", "")), content, name=name).status_code == 409
    assert [found["result"] for found in records("supplement_upload")] == ["refused"]


def test_a_branch_uploads_only_its_own_rows(inbox: Path) -> None:
    """Rows of another branch are faults; a feed without organisations is not for a branch at all."""
    manager = signed_in_browser("manager", ("branch_manager", BRANCH))
    good = uploaded(manager)
    assert 'id="faults"' not in manager.get(f"/supplements/{good}/").content.decode()
    bad = uploaded(manager, GOOD + f"E3,20260301,{OTHER_BRANCH},出勤,1\nE4,20260301,{HEAD},出勤,1\n")
    assert manager.get(f"/supplements/{bad}/").content.decode().count("机构不在您可补录的范围内") == 2
    assert upload(manager, "x", feed="market_total").status_code == 409


def test_a_branch_approves_only_its_own_rows_and_sees_no_others(inbox: Path) -> None:
    """Another branch's manager finds neither the file nor its original; a higher one does."""
    manager, neighbour, president = (
        signed_in_browser("manager", ("branch_manager", BRANCH)),
        signed_in_browser("neighbour", ("branch_manager", OTHER_BRANCH)),
        signed_in_browser("president", ("bank_president", "")),
    )
    number = submitted(manager)
    for address in (f"/supplements/{number}/", f"/supplements/{number}/original/"):
        assert neighbour.get(address).status_code == 404
        assert president.get(address).status_code == 200
    assert decide(neighbour, number) == 404
    assert f"/supplements/{number}/" not in neighbour.get("/supplements/").content.decode()


def test_what_is_not_submitted_is_seen_by_its_uploader_alone(inbox: Path) -> None:
    """Until then it is a draft."""
    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))
    number = uploaded(one)
    assert one.get(f"/supplements/{number}/original/").content == GOOD.encode()
    assert other.get(f"/supplements/{number}/").status_code == 404
    assert decide(other, number) == 404
    assert [found["feed"] for found in records("supplement_fetch")] == ["attendance"]


def test_a_file_taken_back_is_decided_by_nobody(inbox: Path) -> None:
    """Its uploader takes it back before the decision."""
    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))
    number = submitted(one)
    assert one.post(f"/supplements/{number}/withdraw/").status_code == 302
    assert decide(other, number) == 409


def test_a_file_in_the_inbox_is_never_overwritten(inbox: Path, django_capture_on_commit_callbacks) -> None:
    """Something else under the same name stays as it is, and the approval waits for the inbox."""
    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))
    number = submitted(one)
    inbox.mkdir(parents=True)
    there = inbox / f"upload{number:06d}-attendance-20260331.csv"
    there.write_bytes(b"another")
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(other, number) == 302
    assert there.read_bytes() == b"another"
    there.unlink()
    other.get("/supplements/")
    assert there.read_bytes() == GOOD.encode()


def test_a_file_says_whether_it_replaces_what_was_approved_for_its_day(inbox: Path, django_capture_on_commit_callbacks) -> None:
    """A replacement is delivered as a later revision of the first one's name, whether csv or workbook; of two only one replaces."""
    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))

    def approve(number: int) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return decide(other, number)

    first = submitted(one)
    assert approve(first) == 302
    second = uploaded(one, HEADER + f"E1,20260301,{BRANCH},出勤,400\n")
    assert f'name="place" value="{first}"' in one.get(f"/supplements/{second}/").content.decode()
    assert one.post(f"/supplements/{second}/submit/", {"reason": "更正考勤"}).status_code == 409
    assert one.post(f"/supplements/{second}/submit/", {"reason": "更正考勤", "place": str(first)}).status_code == 302
    rival = submitted(one, HEADER + f"E2,20260301,{BRANCH},出勤,1\n", place=str(first))
    beside = submitted(one, HEADER + f"E3,20260301,{BRANCH},出勤,3\n", place="beside")
    assert [approve(second), approve(rival), approve(beside)] == [302, 409, 302]
    assert state_of(rival) == "waiting"
    third = submitted(one, HEADER + f"E1,20260301,{BRANCH},休假,\n", place=str(second))
    assert approve(third) == 302
    upload_name = f"upload{first:06d}"
    assert sorted(path.name for path in inbox.iterdir()) == sorted(
        [
            f"{upload_name}-attendance-20260331.csv",
            f"{upload_name}~2-attendance-20260331.csv",
            f"{upload_name}~3-attendance-20260331.csv",
            f"upload{beside:06d}-attendance-20260331.csv",
        ]
    )
    approved = [found["replaces"] for found in records("supplement_approve") if found["result"] == "allowed"]
    assert approved == [None, first, None, second]


def test_a_branch_replaces_and_approves_only_files_of_its_own_rows(inbox: Path, django_capture_on_commit_callbacks) -> None:
    """The whole bank's file is not offered to a branch, nor is a file that replaces it for a branch to approve."""
    engineer, president = signed_in_browser("engineer", ("data_engineer", "")), signed_in_browser("president", ("bank_president", ""))
    manager, second = signed_in_browser("manager", ("branch_manager", BRANCH)), signed_in_browser("second", ("branch_manager", BRANCH))
    whole = submitted(engineer, GOOD + f"E3,20260301,{OTHER_BRANCH},出勤,1\n")
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(president, whole) == 302
    own = uploaded(manager)
    assert 'name="place"' not in manager.get(f"/supplements/{own}/").content.decode()
    smaller = submitted(engineer, place=str(whole))
    assert decide(second, smaller) == 404


def test_templates_are_handed_out_for_every_feed(inbox: Path) -> None:
    """As workbook and csv; for a feed that does not exist nothing is."""
    one = signed_in_browser("one", ("data_engineer", ""))
    assert one.get("/supplements/template/target/csv/").content.startswith(b"\xef\xbb\xbfholder_kind,")
    assert one.get("/supplements/template/target/xlsx/").content.startswith(b"PK")
    assert one.get("/supplements/template/nothing/csv/").status_code == 404
    assert one.get("/supplements/template/target/pdf/").status_code == 404


def test_an_approved_file_says_how_far_it_has_come(inbox: Path, django_capture_on_commit_callbacks, monkeypatch) -> None:
    """It awaits the publication, then counts with its rows, or is held up; one that another replaced counts no more."""
    from maisui.answers import UsedUpload
    from maisui.web.pages.supplements import effect
    from maisui.web.supplements.models import SupplementUpload

    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))
    number = submitted(one)
    with django_capture_on_commit_callbacks(execute=True):
        decide(other, number)
    name = SupplementUpload.objects.get(pk=number).delivered_as

    def told() -> str:
        page = one.get(f"/supplements/{number}/").content.decode()
        start = page.index("<dt>生效</dt>")
        return page[start : page.index("</dl>", start)]

    assert "待发布" in one.get("/supplements/").content.decode()
    monkeypatch.setattr(effect, "used_uploads", lambda _: {name: UsedUpload(1, 1)})
    cache_emptied(monkeypatch)
    assert "已计入当前版本：装载 1 行，隔离 1 行" in told()
    monkeypatch.setattr(effect, "used_uploads", lambda _: {})
    SupplementUpload.objects.filter(pk=number).update(business_date="2026-04-01")
    assert "报告日不早于 2026-04-01 的发布起生效" in told(), "a day after the reporting date is not read before"
    SupplementUpload.objects.filter(pk=number).update(delivered_at=None, delivered_as="upload.csv")
    (inbox / "upload.csv").mkdir()
    assert "尚未放入收件箱" in told()
    later = SupplementUpload.objects.create(
        feed_code="attendance", business_date="2026-04-01", file_name="b.csv", suffix="csv", content=b"", sha256="0", byte_count=0,
        row_count=0, fault_count=0, state="approved", replaces_id=number, uploaded_by=SupplementUpload.objects.get(pk=number).uploaded_by,
    )  # fmt: skip
    assert f"已由第 {later.pk} 号补录整体替换" in told()


def cache_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what a version used read anew each time: the file of the test is in no version."""
    from maisui.web.gateway import Gateway

    def read(self: Gateway, name: str, compute, default):
        with self.reader() as reader:
            return compute(reader)

    monkeypatch.setattr(Gateway, "published", read)


def test_targets_that_no_page_would_show_are_faults_and_unknown_codes_are_noted(inbox: Path) -> None:
    """An unknown metric, a rate of completion, five weeks, no value: faults. An organisation that the version lacks may be new: a note."""
    header = "holder_kind,holder_code,metric_code,period_from,period_end_on,target_amount,target_rate,organisation_code\n"
    good = f"机构,{BRANCH},deposit_balance,20260101,20261231,5000000,,{BRANCH}\n"
    one = signed_in_browser("one", ("data_engineer", ""))
    bad = (
        f"机构,{BRANCH},deposit_balanse,20260101,20261231,1,,{BRANCH}\n"
        f"机构,{BRANCH},target_completion_rate,20260101,20261231,1,,{BRANCH}\n"
        f"机构,{BRANCH},loan_balance,20260201,20260430,1,,{BRANCH}\n"
        f"机构,{BRANCH},npl_ratio,20260101,20260331,,,{BRANCH}\n"
        "机构,B9,deposit_balance,20260401,20260630,1,,B9\n员工,E99,managed_deposit_balance,20260301,20260331,1,,\n"
    )
    number = uploaded(one, header + good + bad, feed="target", name="目标.csv")
    context = one.get(f"/supplements/{number}/").context["checked"]
    assert [(fault.row, fault.letter) for fault in context.faults] == [(3, "C"), (4, "C"), (5, "E"), (6, "F")]
    assert [(note.row, note.letter, note.what_zh) for note in context.notes] == [
        (7, "B", "当前版本中没有这个机构"),
        (7, "H", "当前版本中没有这个机构"),
        (8, "B", "当前版本中没有这个工号"),
    ]
    again = one.get(f"/supplements/{number}/").content.decode()
    assert '<input type="hidden" name="feed" value="target">' in again, "the corrected file is uploaded from the same page"
    better = uploaded(one, header + good, feed="target", name="目标.csv")
    assert not one.get(f"/supplements/{better}/").context["checked"].note_count
    assert one.post(f"/supplements/{better}/submit/", {"reason": "全年目标"}).status_code == 302
