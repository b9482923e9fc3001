"""Parameters that are stated again with the value they have: nothing may be found for that, and nothing lost."""

from __future__ import annotations

from datetime import date, timedelta


def restated(parameters: str, day: str | date) -> str:
    """Return drawn parameters of one line each with two lines more: stated anew on `day`, and for good on the day after."""
    header, _, *lines = [line.strip() for line in parameters.splitlines() if line.strip()]
    if [cell.strip() for cell in header.split("|")] != ["parameter_code", "valid_from", "number_value"]:
        raise ValueError(f"columns {header!r} cannot be stated again")
    on = date.fromisoformat(f"{day}")
    after = on + timedelta(days=1)
    drawn = ["parameter_code | valid_from | valid_until | number_value", "---"]
    for line in lines:
        code, begun, value = (cell.strip() for cell in line.split("|"))
        drawn += [f"{code} | {start} | {end} | {value}" for start, end in ((begun, on), (on, after), (after, ""))]
    return "\n".join(drawn)
