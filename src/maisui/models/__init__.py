"""What is predicted of customers: what a model is, its trained files with their cards, and how far each may be trusted."""

from maisui.models.approvals import Approval, approved_on, read_approvals, write_approval
from maisui.models.churn import CHURN
from maisui.models.credit import CREDIT
from maisui.models.ladder import Rung, Standing
from maisui.models.model import Feature, Model
from maisui.models.registry import StoredModel, stored_models
from maisui.models.scores import ScoreFile, read_scores

MODELS: tuple[Model, ...] = (CHURN, CREDIT)
"""Every model, one line each."""
MODEL_BY_CODE: dict[str, Model] = {model.code: model for model in MODELS}
"""Every model under its code."""

__all__ = [
    "CHURN",
    "CREDIT",
    "MODELS",
    "MODEL_BY_CODE",
    "Approval",
    "Feature",
    "Model",
    "Rung",
    "ScoreFile",
    "Standing",
    "StoredModel",
    "approved_on",
    "read_approvals",
    "read_scores",
    "stored_models",
    "write_approval",
]
