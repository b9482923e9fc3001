"""What fell due on loans and when it was paid, instalment by instalment."""

from __future__ import annotations

import numpy as np

from maisui.example_bank.days import NO_DAY

_FIELDS = ("loan", "instalment", "due_on", "principal", "interest", "paid_on")


class DueBook:
    """Instalments that fell due since they were last handed over, and earlier ones that are still unpaid."""

    def __init__(self) -> None:
        """Begin with nothing due."""
        self._rows = {name: np.zeros(0, np.int64) for name in _FIELDS}
        self._counts = np.zeros(0, np.int64)
        self._since = 0

    def fall_due(self, loans: np.ndarray, principal: np.ndarray, interest: np.ndarray, *, day: int, missed: np.ndarray) -> None:
        """Take down today's instalments; those not missed are paid at once."""
        some = principal + interest > 0
        loans, principal, interest, missed = loans[some].astype(np.int64), principal[some], interest[some], missed[some]
        if not len(loans):
            return
        if int(loans.max()) >= len(self._counts):
            self._counts = np.r_[self._counts, np.zeros(int(loans.max()) + 1_000 - len(self._counts), np.int64)]
        self._counts[loans] += 1
        paid = np.where(missed, NO_DAY, day)
        fresh = (loans, self._counts[loans], np.full(len(loans), day), principal, interest, paid)
        self._rows = {name: np.r_[self._rows[name], column] for name, column in zip(_FIELDS, fresh, strict=True)}

    def catch_up(self, loans: np.ndarray, day: int) -> None:
        """These loans pay today whatever was unpaid."""
        if len(loans):
            late = (self._rows["paid_on"] == NO_DAY) & np.isin(self._rows["loan"], loans)
            self._rows["paid_on"][late] = day

    def hand_over(self, day: int) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """Return what fell due and what was paid since the last time; unpaid instalments stay in the book."""
        rows = self._rows
        due = rows["due_on"] > self._since
        paid = rows["paid_on"] != NO_DAY
        found = tuple({name: column[chosen] for name, column in rows.items()} for chosen in (due, paid))
        self._rows = {name: column[~paid] for name, column in rows.items()}
        self._since = day
        return found[0], found[1]
