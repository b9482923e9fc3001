"""Who looks after the households of a village, by its latest roster."""

from __future__ import annotations

from maisui.warehouse.reader import Reader


def village_managers(reader: Reader, village_code: str) -> dict[str, str]:
    """Return the officer in charge of each household of a village on its latest roster, by household code; without one, none."""
    day = reader.manifest.reporting_date
    rows = reader.rows(
        "SELECT concat(village_code, '-', household_number), min(manager_number) FROM village_roster_snapshot "
        "WHERE village_code = ? AND manager_number IS NOT NULL AND reported_on = (SELECT max(reported_on) FROM village_roster_snapshot "
        "WHERE village_code = ? AND reported_on <= ?) GROUP BY 1",
        [village_code, village_code, day],
    )
    return dict(rows)
