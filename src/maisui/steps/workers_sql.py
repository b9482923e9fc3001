"""Which person an employee or teller number stands for on a day, the same for every step and answer that counts persons of the staff."""

from __future__ import annotations

from typing import Literal


def numbers_of(kind: Literal["employee", "teller"]) -> str:
    """Return a common table `numbers`: each number of a kind with whose it was from and until when.

    Whoever is the first known holder of a number held it ever before, since files seldom reach back to when it was given out.
    """
    return f"""numbers AS (
  SELECT
    worker_number, person_number, valid_until,
    CASE
      WHEN row_number() OVER (PARTITION BY worker_number ORDER BY valid_from) = 1 THEN DATE '1900-01-01' ELSE valid_from
    END AS valid_from
  FROM person_number
  WHERE number_kind = '{kind}'
)"""


def holder_on(number: str, day: str) -> str:
    """Return the outer join `n` of `numbers` by which `n.person_number` is whose `number` was on `day`; null where nobody's is known."""
    return (
        "LEFT JOIN numbers AS n\n"
        f"  ON n.worker_number = {number}\n"
        f"  AND {day} >= n.valid_from AND (n.valid_until IS NULL OR {day} < n.valid_until)"
    )
