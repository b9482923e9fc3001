"""How a person's judgement stands beside a score, on pages and in what is taken out."""

from __future__ import annotations

from maisui.web.model_desk.models import ScoreJudgement
from maisui.web.text import choose


def judged_word(judgement: ScoreJudgement | None) -> str:
    """Return a judgement in words, with its last day and its reason; nothing where nobody judged otherwise."""
    if judgement is None:
        return ""
    way = choose("专家下调", "Lowered by a person") if judgement.is_lowering else choose("专家上调", "Raised by a person")
    return choose(f"{way}，至 {judgement.ends_on}：{judgement.reason}", f"{way} until {judgement.ends_on}: {judgement.reason}")
