"""The list of contacts taken out: those of the address, masked as on the screen, with every word that was written."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.contacts import desk
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.contacts.page import rows_of
from maisui.web.pages.contacts.state import ContactState
from maisui.web.pages.customers.words import CONTACT_KINDS, CONTACT_OUTCOMES
from maisui.web.text import Text, choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the contacts of the address, and their counts by way and result; for more than one may take at once, say so.

    Raises:
        NotAtOnceError: when there are more than customers may be taken at once.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state, most = ContactState.of(request.GET), settings.HOME.web.customer_export_rows
    found = desk.found(gateway, state.question(gateway), Permission.CUSTOMER_EXPORT)
    if len(found.keys) > most:
        count = len(found.keys)
        said = Text(f"共 {count} 次，一次最多导出 {most} 次；请缩小范围", f"{count} of them, at most {most} at once: narrow the list")
        raise NotAtOnceError(said)
    title, (first, last) = choose("联系记录", "Contacts"), state.days
    columns = (
        Column(choose("日期", "Day"), width=12),
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("大类", "Kind"), width=10),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("方式", "How"), width=12),
        Column(choose("结果", "Outcome"), width=12),
        Column(choose("内容", "Words"), width=60),
        Column(choose("登记人", "Written by"), width=14),
        Column(choose("登记日", "Written on"), width=12),
    )
    lines = [
        (
            row["shown"].contact.happened_on,
            row["shown"].customer_name or "—",
            row["shown"].customer_number,
            str(row["kind"]),
            row["shown"].organisation_name or "—",
            str(row["way"]),
            str(row["outcome"]),
            row["shown"].contact.words,
            row["shown"].contact.written_by.name,
            timezone.localdate(row["shown"].contact.written_at),
        )
        for row in rows_of(gateway, found.keys, state, action="contact_export")
    ]
    about = f"{first} – {last}"
    return Export(
        "contacts",
        title,
        (Sheet(title, f"{title} · {about}", columns, lines), _counts(found, about)),
        organisation=state.organisation,
        object_id=state.organisation or "*",
        details={"rows": len(lines), "filters": state.query()},
        classification=SENSITIVE,
        name=f"contacts-{first}-{last}",
    )


def _counts(found: desk.FoundContacts, about: str) -> Sheet:
    """Return how many contacts there were by way and result; the list's own way and result do not narrow them."""
    name = choose("方式与结果", "How and outcome")
    columns = (
        Column(choose("方式", "How"), width=14),
        Column(choose("结果", "Outcome"), width=14),
        Column(choose("联系次数", "Contacts"), width=12),
        Column(choose("客户数", "Customers"), width=12),
    )
    rows = [
        (str(way), str(outcome), found.counts[code, result], found.customer_counts[code, result])
        for code, way in CONTACT_KINDS.items()
        for result, outcome in CONTACT_OUTCOMES.items()
        if (code, result) in found.counts
    ]
    return Sheet(name, f"{name} · {about}", columns, rows)
