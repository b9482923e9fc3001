"""Which trained model is asked of a version, and whether it may speak: one mechanism for every model that is approved by two people.

A model in use is put back by itself when its score drifted, when what it said did not come true, when its approval ran out, or while a
feed that it lives on does not come. What counts as coming true each model knows itself (`Seen.missed`); the rest is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from maisui.models.approvals import Approval, approved_next, approved_on, read_approvals
from maisui.models.fallback import Fallen, fallen_by, limits_of
from maisui.models.ladder import Standing, approved_for_later, followed_by, put_back, standing, without_feed, without_library
from maisui.models.model import Described, Feature, Model
from maisui.models.panel import Marts
from maisui.models.registry import StoredModel, stored_models


def _nothing(_since: str) -> Fallen | None:
    return None


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a stored model: what is kept beside its scores, and what it failed at since a day.

    Among what is kept is `drift`, oldest first; a month of it may name `unfed` columns, which tell nobody apart any more.
    """

    facts: dict[str, Any]
    missed: Callable[[str], Fallen | None] = field(default=_nothing)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where a model stands, which trained one speaks (None: the rule), its approval, and what is kept of that beside the scores."""

    standing: Standing
    used: StoredModel | None
    approval: Approval | None
    facts: dict[str, Any]

    @property
    def told(self) -> dict[str, Any]:
        """Return what every score file says of who spoke."""
        return {
            "sha256": self.used.sha256 if self.used else "",
            "approved_by": self.approval.approved_by if self.approval and self.used else "",
            "standing": asdict(self.standing),
            **self.facts,
        }


def chosen_model(home: Path, model: Model | Described, day: date) -> tuple[StoredModel | None, Approval | None]:
    """Return the model that is to be asked on `day`: the approved one, none where its files are missing or altered, else the newest trained one."""
    approval, known = approved_on(read_approvals(home), model.code, day), stored_models(home, model.code)
    if approval is not None:
        return next((one for one in known if one.sha256 == approval.sha256), None), approval
    found = [one for one in known if one.card["data"]["last_outcome_on"] <= f"{day}"]
    return (found[0] if found else None), None


def standing_today(
    reader: Marts, home: Path, model: Model | Described, ends: tuple[date, ...]
) -> tuple[Standing, StoredModel | None, Approval | None]:
    """Return where a model stands at the last of `ends` by history, test, approval and age, which trained one is meant, and its approval."""
    if not ends:
        return standing(model, ends, None, is_approved=False), None, None
    stored, approval = chosen_model(home, model, ends[-1])
    stands = standing(
        model,
        ends,
        stored,
        is_approved=approval is not None,
        approved_from=approval.valid_from if approval is not None else None,
        off_months=limits_of(reader, ends[-1]).approval_months,
    )
    later = approved_next(read_approvals(home), model.code, ends[-1]) if approval is None else None
    if later is not None and stored is not None and stored.sha256 == later.sha256 and stands.has_probabilities:
        stands = approved_for_later(stands, ends[-1], later.valid_from)
    elif later is not None:
        stands = followed_by(stands, later.sha256, later.valid_from)
    return stands, stored, approval


def who_speaks(
    reader: Marts, home: Path, model: Model | Described, ends: tuple[date, ...], watch: Callable[[StoredModel], Seen | None]
) -> Spoken:
    """Return who speaks on the last of `ends`; `watch` looks at the model that may, and gives None where its library is missing."""
    stands, stored, approval = standing_today(reader, home, model, ends)
    if stored is None or not stands.has_probabilities:
        expired = {} if stored is None or approval is None else {"fallen": _expired(stored, approval, stands)}
        return Spoken(stands, None, approval, expired)
    seen = watch(stored)
    if seen is None:
        return Spoken(without_library(model, len(ends)), None, approval, {})
    facts: dict[str, Any] = seen.facts | {"watched": stored.sha256}
    missing = _missing(model, facts.get("drift", []), ends[-1])
    if missing:
        back = without_feed(model, len(ends), missing)
        fallen = Fallen("missing", f"{ends[-1]}", back.said_zh, back.said_en)
        return Spoken(back, None, approval, facts | ({"fallen": asdict(fallen) | {"sha256": stored.sha256}} if approval else {}))
    if approval is None:
        return Spoken(stands, stored, None, facts)
    fallen = fallen_by(approval.valid_from, facts.get("drift", []), seen.missed, limits_of(reader, ends[-1]))
    if fallen is None:
        return Spoken(stands, stored, approval, facts)
    back = put_back(model, len(ends), fallen.said_zh, fallen.said_en)
    return Spoken(back, None, approval, facts | {"fallen": asdict(fallen) | {"sha256": stored.sha256}})


def _missing(model: Model | Described, drift: list[dict[str, Any]], day: date) -> list[Feature]:
    """Return the features of a model that tell nobody apart on a day although they did in training."""
    told = drift[-1].get("unfed", ()) if drift and drift[-1]["day"] == f"{day}" else ()
    return [one for one in model.features if one.code in told]


def _expired(stored: StoredModel, approval: Approval, stands: Standing) -> dict[str, Any]:
    return {"why": "expired", "on": f"{approval.valid_from}", "said_zh": stands.said_zh, "said_en": stands.said_en, "sha256": stored.sha256}
