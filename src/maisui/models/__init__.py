"""What is predicted of customers: what a model is, its trained files with their cards, and how far each may be trusted."""

from maisui.models.anomaly import ANOMALY
from maisui.models.approvals import Approval, approved_on, read_approvals, write_approval
from maisui.models.churn import CHURN
from maisui.models.credit import CREDIT
from maisui.models.identity import IDENTITY
from maisui.models.ladder import Rung, Standing
from maisui.models.model import Described, Feature, Model, RuleLine
from maisui.models.next_product.described import NEXT_PRODUCT
from maisui.models.registry import StoredModel, stored_models
from maisui.models.scores import ScoreFile, read_scores, scoring_named
from maisui.models.segments.described import SEGMENTS
from maisui.models.value import VALUE

MODELS: tuple[Model, ...] = (CHURN, CREDIT)
"""Every model, one line each."""
MODEL_BY_CODE: dict[str, Model] = {model.code: model for model in MODELS}
"""Every model under its code."""
DESCRIBED: tuple[Model | Described, ...] = (*MODELS, VALUE, IDENTITY, NEXT_PRODUCT, SEGMENTS, ANOMALY)
"""Every model and whatever else is trained, stored and approved as models are."""

__all__ = [
    "ANOMALY",
    "CHURN",
    "CREDIT",
    "DESCRIBED",
    "IDENTITY",
    "MODELS",
    "MODEL_BY_CODE",
    "NEXT_PRODUCT",
    "SEGMENTS",
    "VALUE",
    "Approval",
    "Described",
    "Feature",
    "Model",
    "RuleLine",
    "Rung",
    "ScoreFile",
    "Standing",
    "StoredModel",
    "approved_on",
    "read_approvals",
    "read_scores",
    "scoring_named",
    "stored_models",
    "write_approval",
]
