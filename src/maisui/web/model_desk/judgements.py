"""Which judgements of people stand beside scores on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from maisui.web.model_desk.models import JudgementState, ScoreJudgement


def standing_judgements(model: str, day: date) -> dict[str, ScoreJudgement]:
    """Return the judgement of each customer that holds on a day; the last one where there are several."""
    found = holding(model, day).select_related("proposed_by", "decided_by").order_by("id")
    return {one.customer_number: one for one in found}


def holding(model: str, day: date) -> QuerySet[ScoreJudgement]:
    """Return the judgements of a model that hold on a day."""
    return ScoreJudgement.objects.filter(model=model, state=JudgementState.ACTIVE, ends_on__gte=day)
