"""What a file of supplements would have made of last month: found when it is submitted, seen by who decides, the figures of the next batch."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from example_home import run, tell
from priced_home import MARCH, priced_home
from web_home import BRANCH, signed_in_browser

from maisui.answers import Bank

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("parameter desk")]  # its home takes longer to make than its tests
HEADER = "curve_code,currency,tenor_day_count,effective_from,transfer_rate\n"
TARGETS = (
    "holder_kind,holder_code,metric_code,period_from,period_end_on,target_amount,target_rate,organisation_code\n"
    f"机构,{BRANCH},deposit_balance,20260301,20260331,90000,,{BRANCH}\n"
)
DEARER = HEADER + "standard,CNY,365,20260301,0.021\n"


@pytest.fixture
def home(settings) -> Iterator[Path]:
    """Serve a copy of the home."""
    with priced_home() as path:
        settings.BANK = Bank(path)
        settings.HOME = settings.BANK.home
        yield path


def submitted(client: Client, text: str = DEARER, feed: str = "transfer_price", place: str = "") -> int:
    """Upload and submit a file and return its number."""
    file = SimpleUploadedFile("价格.csv", text.encode())
    answer = client.post("/supplements/new/", {"feed": feed, "day": "2026-03-01", "file": file})
    assert answer.status_code == 302, answer.content.decode()
    number = int(answer["Location"].rstrip("/").rsplit("/", 1)[-1])
    assert client.post(f"/supplements/{number}/submit/", {"reason": "三月起调价", "place": place}).status_code == 302
    return number


def contribution(home: Path) -> Decimal:
    """Return the contribution of the bank in the last month."""
    told = tell("ask", "customer_contribution", "--json", "--home", str(home))
    return Decimal(told.json["rows"][0]["value"])


def section(client: Client, number: int) -> str:
    """Return what the page of an upload says of its effect."""
    page = client.get(f"/supplements/{number}/").content.decode()
    return page[page.index('id="effect"') : page.index("</section>", page.index('id="effect"'))]


def test_from_a_changed_price_to_the_figure(home: Path, django_capture_on_commit_callbacks) -> None:
    """Submitted, previewed, approved, published: what the second person saw before he decided is what the batch says afterwards."""
    from maisui.web.supplements.models import SupplementUpload
    from maisui.web.supplements.preview import make_upload_preview

    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))
    before = contribution(home)
    number = submitted(one)
    assert "预览排队" in section(other, number)
    assert make_upload_preview.call(number) == "done"
    shown = section(other, number)
    assert "假定自 2026-03-01 起按此文件" in shown
    assert f"{before:,} 元" in shown
    assert contribution(home) == before
    with django_capture_on_commit_callbacks(execute=True):
        assert other.post(f"/supplements/{number}/decide/", {"decision": "approve"}).status_code == 302
    run(home, MARCH)
    after = contribution(home)
    assert after != before
    assert f"{after:,} 元" in shown
    assert SupplementUpload.objects.get(pk=number).preview["moved"]
    assert "重新计算" not in section(other, number), "what is decided is not asked for again"


def test_a_file_that_replaces_another_is_previewed_in_its_place(home: Path, django_capture_on_commit_callbacks) -> None:
    """The first file's price of demand money no longer counts; beside it both would."""
    from maisui.web.supplements.preview import make_upload_preview, name_to_deliver

    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))
    first = submitted(one)
    with django_capture_on_commit_callbacks(execute=True):
        assert other.post(f"/supplements/{first}/decide/", {"decision": "approve"}).status_code == 302
    run(home, MARCH)
    dear = contribution(home)
    second = submitted(one, HEADER + "standard,CNY,365,20260401,0.021\n", place=str(first))
    from maisui.web.supplements.models import SupplementUpload

    assert name_to_deliver(SupplementUpload.objects.get(pk=second)) == f"upload{first:06d}~2-transfer_price-20260301.csv"
    assert make_upload_preview.call(second) == "done"
    assert "没有数字变化" in section(other, second), "taken to hold from 1 March it says what the first says"
    third = submitted(one, HEADER + "other,CNY,365,20260301,0.03\n", place=str(first))
    assert make_upload_preview.call(third) == "done"
    assert f"{dear:,} 元" in section(other, third)


def test_only_who_sees_the_bank_sees_and_asks(home: Path) -> None:
    """A branch manager who uploads rows of his branch learns nothing of the bank's figures, and has nothing reckoned."""
    from maisui.web.supplements.models import SupplementUpload

    manager, president = signed_in_browser("one", ("branch_manager", BRANCH)), signed_in_browser("other", ("bank_president", ""))
    number = submitted(manager, TARGETS, feed="target")
    stored = {"version": "v", "date": "2026-03-31", "held_from": "2026-03-01", "metrics": ["customer_contribution"], "labels": []}
    moved = [{"metric": "customer_contribution", "organisation": None, "organisation_name": "", "before": "77.01", "after": "88.02"}]
    SupplementUpload.objects.filter(pk=number).update(preview_state="done", preview=stored | {"moved": moved})
    assert "88.02" in section(president, number)
    assert "须有全行的查看权限" in section(manager, number)
    assert "88.02" not in manager.get(f"/supplements/{number}/").content.decode()
    assert manager.post(f"/supplements/{number}/preview/").status_code == 403
    assert signed_in_browser("far", ("customer_manager", BRANCH)).post(f"/supplements/{number}/preview/").status_code in (403, 404)
    assert president.post(f"/supplements/{number}/preview/").status_code == 302
    assert SupplementUpload.objects.get(pk=number).preview_state == "waiting"
    assert president.post(f"/supplements/{number}/preview/").status_code == 409, "it is on its way already"
    assert "88.02" not in section(president, number), "while it is found anew nothing old is shown, nor recorded as seen"


def test_a_preview_that_cannot_begin_says_so(home: Path) -> None:
    """Its feed has left the contract since it was submitted."""
    from maisui.web.supplements.models import SupplementUpload
    from maisui.web.supplements.preview import make_upload_preview

    number = submitted(signed_in_browser("one", ("data_engineer", "")))
    SupplementUpload.objects.filter(pk=number).update(feed_code="gone")
    assert make_upload_preview.call(number) == "failed"
    assert SupplementUpload.objects.get(pk=number).preview_fault == "there is no such feed"


def test_a_file_that_begins_later_says_that_the_month_tells_nothing(home: Path) -> None:
    from maisui.web.supplements.models import SupplementUpload

    president = signed_in_browser("other", ("bank_president", ""))
    number = submitted(signed_in_browser("one", ("data_engineer", "")))
    stored = {"version": "v", "date": "2026-03-31", "held_from": "2026-04-05", "metrics": ["customer_contribution"], "labels": []}
    SupplementUpload.objects.filter(pk=number).update(preview_state="done", preview=stored | {"moved": []})
    assert "自 2026-04-05 起才生效" in section(president, number)
    assert "没有数字变化" not in section(president, number)


def test_a_feed_on_which_no_figure_rests_has_no_preview(home: Path) -> None:
    one, other = signed_in_browser("one", ("data_engineer", "")), signed_in_browser("other", ("bank_president", ""))
    number = submitted(one, "holiday_date,day_kind,holiday_name\n20260501,放假,劳动节\n", feed="holiday_calendar")
    assert 'id="effect"' not in other.get(f"/supplements/{number}/").content.decode()
    assert other.post(f"/supplements/{number}/preview/").status_code == 409
