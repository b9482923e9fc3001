"""What the model desk says of the life of models: the last scoring, and which were put back to the rule by themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from maisui.answers import DESCRIBED
from maisui.answers.judged_otherwise import came_of
from maisui.answers.model_life import last_run, model_events
from maisui.web.gateway import Gateway
from maisui.web.model_desk.judgements import holding
from maisui.web.model_desk.models import JudgementState, ScoreJudgement
from maisui.web.text import Text

OUTCOMES = {"done": Text("已评分", "spoke"), "as_before": Text("已有评分，未变", "had spoken already"), "failed": Text("失败", "failed")}
WHY = {
    "drift": Text("评分漂移", "Score drifted"),
    "realised": Text("到期核对不符", "Did not come true"),
    "missing": Text("数据未送达", "A feed did not come"),
    "changed": Text("规则已变", "The rule changed"),
    "expired": Text("批准到期", "Approval ran out"),
}
_OTHERS = {"forecast": Text("预测", "Forecasts"), "circles": Text("圈层", "Circles"), "cash": Text("现金需求", "Cash needs")}


def judged_of(gateway: Gateway, code: str, in_scope: int) -> dict[str, Any]:
    """Return how many judgements of a model hold, which part of all it judges that is, and what came of those whose months are over."""
    today = timezone.localdate()
    holds = list(holding(code, today))
    approved = [
        one
        for one in ScoreJudgement.objects.filter(model=code).exclude(state=JudgementState.REJECTED)
        if one.decided_at or not one.is_lowering
    ]
    with gateway.reader() as reader:
        came = came_of(reader, code, [(one.customer_number, one.scored_on) for one in approved])
    known = [
        (one.is_lowering, came[one.customer_number, one.scored_on]) for one in approved if (one.customer_number, one.scored_on) in came
    ]
    return {
        "raised": sum(not one.is_lowering for one in holds),
        "lowered": sum(one.is_lowering for one in holds),
        "share": f"{len(holds) / in_scope:.2%}" if in_scope else "—",
        "waiting": ScoreJudgement.objects.filter(model=code, state=JudgementState.WAITING).count(),
        "ever": len(approved),
        "raised_known": sum(not lowering for lowering, _ in known),
        "raised_happened": sum(happened for lowering, happened in known if not lowering),
        "lowered_known": sum(lowering for lowering, _ in known),
        "lowered_happened": sum(happened for lowering, happened in known if lowering),
    }


def life_of(gateway: Gateway) -> dict[str, Any]:
    """Return the last scoring of the version shown, and every event, for the template."""
    names = {model.code: Text(model.name_zh, model.name_en) for model in DESCRIBED} | _OTHERS
    home = settings.HOME.path
    run = None
    if gateway.freshness() is not None:
        with gateway.reader() as reader:
            run = last_run(reader, home)
    events = [event for model in DESCRIBED for event in model_events(home, model.code)]
    return {
        "run": run,
        "run_lines": [
            {"name": names.get(line.code, line.code), "outcome": OUTCOMES[line.outcome.value], "line": line}
            for line in (run.lines if run else ())
        ],
        "events": [
            {"event": one, "name": names[one.model], "why": WHY[one.why], "said": Text(one.said_zh, one.said_en)}
            for one in sorted(events, key=lambda one: (one.on, one.model), reverse=True)
        ],
    }
