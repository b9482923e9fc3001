"""How long files take that people wait for: a workbook of 10 000 customers and the monthly report as PDF, each made as its job makes it.

Usage: `.venv/bin/python benchmarks/exports.py HOME`, a published example bank with its users and at least 10 000 customers
(`maisui demo --no-serve`). The request for the list is approved and made for this measurement only; like every list that is
taken out it stands in the home's audit.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from web import tell

ROWS = 10_000
RUNS = 3


def main(home: Path) -> None:
    """Measure and print; the figures go to benchmarks/results/ as JSON too."""
    os.environ["MAISUI_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(home.resolve()), "maisui.web.settings"
    import django  # noqa: PLC0415 - after the home is named

    django.setup()
    found: dict[str, float] = {}
    for name, make in (("workbook_of_10000_customers", _workbook), ("monthly_report_pdf", _report)):
        took, size = zip(*(_timed(make) for _ in range(RUNS)), strict=True)
        found |= {f"{name}_first_s": round(took[0], 2), f"{name}_median_s": round(statistics.median(took), 2), f"{name}_bytes": size[0]}
    tell("exports", found)


def _timed(make: Callable[[], bytes]) -> tuple[float, int]:
    began = time.perf_counter()
    content = make()
    return time.perf_counter() - began, len(content)


def _user(role: str):  # noqa: ANN202 - Django is imported late
    from maisui.web.staff.models import RoleGrant  # noqa: PLC0415

    return RoleGrant.objects.filter(role=role, organisation_code="", user__is_active=True).select_related("user").first().user


def _workbook() -> bytes:
    from maisui.web.customers.export import BASE_FIELDS, export_of_job  # noqa: PLC0415
    from maisui.web.customers.models import CustomerExport  # noqa: PLC0415
    from maisui.web.exports.files import file_of, stamp_of  # noqa: PLC0415
    from maisui.web.exports.jobs import gateway_of  # noqa: PLC0415
    from maisui.web.exports.models import ExportJob  # noqa: PLC0415
    from maisui.web.exports.sheets import Form  # noqa: PLC0415

    owner = _user("department_analyst")
    gateway = gateway_of(owner)
    with gateway.reader() as reader:
        numbers = [number for (number,) in reader.rows(f"SELECT customer_number FROM customer ORDER BY customer_number LIMIT {ROWS}")]
    job = ExportJob.objects.create(owner=owner, kind="customer_list", parameters={}, form=Form.XLSX, language="zh-hans")
    filters = {"ticked": numbers, "is_everybody": True, "sort": "-deposit_balance"}
    approved = {"state": CustomerExport.State.APPROVED, "row_count": ROWS}
    asked = CustomerExport.objects.create(
        job=job, asked_by=owner, reason="benchmark", filters=filters, fields=list(BASE_FIELDS), **approved
    )
    try:
        export = export_of_job(gateway, job, lambda _: None)
        assert export.line_count == ROWS, export.line_count
        return file_of(export, stamp_of(gateway, None), Form.XLSX)
    finally:
        asked.delete()
        job.delete()


def _report() -> bytes:
    from maisui.web.exports.files import file_of, stamp_of  # noqa: PLC0415
    from maisui.web.exports.jobs import gateway_of  # noqa: PLC0415
    from maisui.web.exports.schedule import newest_month_end  # noqa: PLC0415
    from maisui.web.exports.sheets import Form  # noqa: PLC0415
    from maisui.web.pages.reports.report import report_of  # noqa: PLC0415

    gateway = gateway_of(_user("bank_president"))
    export = report_of(gateway, None, newest_month_end(gateway), lambda _: None)
    return file_of(export, stamp_of(gateway, None), Form.PDF)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
