"""How far an approved upload has come: laid into the inbox, read by the published version, replaced by another one."""

from __future__ import annotations

from dataclasses import dataclass

from maisui.answers import UsedUpload, used_uploads
from maisui.web.gateway import Gateway
from maisui.web.supplements.models import State, SupplementUpload
from maisui.web.text import Text


@dataclass(frozen=True, slots=True)
class Effect:
    """What has become of an approved upload: `short` for the list, `words` for its page; `is_held_up` where somebody must act."""

    short: Text
    words: Text
    is_held_up: bool = False


def effect_of(gateway: Gateway, upload: SupplementUpload) -> Effect | None:
    """Return what has become of an upload; None where it is not approved."""
    if upload.state != State.APPROVED:
        return None
    used: dict[str, UsedUpload] = gateway.published("used_uploads", used_uploads, default={})
    fresh, later = gateway.freshness(), next(iter(upload.replacements.filter(state=State.APPROVED).values_list("pk", flat=True)), None)
    if (found := used.get(upload.delivered_as)) is not None:
        rows = Text(f"装载 {found.loaded} 行", f"{found.loaded} rows loaded")
        if found.quarantined:
            rows = Text(f"{rows.zh}，隔离 {found.quarantined} 行", f"{rows.en}, {found.quarantined} quarantined")
        still = Text(f"；下一次发布起由第 {later} 号补录替换", f"; replaced by upload {later} with the next publication")
        short, words = Text("已计入", "counts"), Text(f"已计入当前版本：{rows.zh}", f"Counts in the current version: {rows.en}")
        return Effect(short, Text(words.zh + still.zh, words.en + still.en) if later else words, is_held_up=bool(found.quarantined))
    if later is not None:
        return Effect(
            Text("已被替换", "replaced"),
            Text(f"已由第 {later} 号补录整体替换，不再计入", f"Replaced as a whole by upload {later}; it counts no more"),
        )
    if upload.delivered_at is None:
        words = Text("已批准，尚未放入收件箱，请联系系统管理员", "Approved, but not yet in the inbox; tell the system administrator")
        return Effect(Text("未放入收件箱", "not in the inbox"), words, is_held_up=True)
    if fresh is not None and upload.business_date > fresh.reporting_date:
        day = upload.business_date
        words = Text(f"报告日不早于 {day} 的发布起生效", f"With the first publication whose reporting date is {day} or later")
    else:
        words = Text("下一次发布后生效", "After the next publication")
    return Effect(Text("待发布", "awaits publication"), words)
