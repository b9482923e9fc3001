"""The tables of the model desk: models proposed for use, reasons for unequal choice, pairs of numbers, and what people judge otherwise."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from maisui.web.two_people.models import Proposed


class State(models.TextChoices):
    """How far a proposal is."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


class ModelProposal(Proposed):
    """One proposal; what was decided about it is never changed, and going back is another proposal.

    No `sha256`: out of use. `exception` says why a challenger may do without its months in shadow.
    """

    model = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField()
    exception = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_models")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_models", null=True)
    written_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[ModelProposal]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "model_proposal"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.model} {self.sha256[:12]} {self.valid_from} {self.state}"


class FairnessReason(Proposed):
    """Why a model may choose one group of people much less often than another, until which day; it holds once somebody else approved it.

    `field` and `group` name the group (`sex`, `female`), `ratio` is how often it was chosen against the group chosen most when the reason
    was written. A decision is never changed; a newer approved reason takes the place of an older one.
    """

    model = models.CharField(max_length=40)
    field = models.CharField(max_length=10)
    group = models.CharField(max_length=20)
    ratio = models.DecimalField(max_digits=5, decimal_places=4)
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_fairness_reasons")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_fairness_reasons", null=True)
    objects: ClassVar[models.Manager[FairnessReason]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "fairness_reason"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is about and how far."""
        return f"{self.model} {self.field} {self.group} {self.state}"


class PairDecision(models.Model):
    """What somebody decided about two numbers that may be one person; `upload` carries a merge, `undo_upload` takes it back.

    A decision is never changed, only ended; what is ended counts no longer.
    """

    customer_number = models.CharField(max_length=64)
    surviving_number = models.CharField(max_length=64)
    is_confirmed = models.BooleanField()
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_pairs")
    decided_at = models.DateTimeField(default=timezone.now)
    upload = models.ForeignKey("supplements.SupplementUpload", on_delete=models.PROTECT, related_name="+", null=True)
    undo_upload = models.ForeignKey("supplements.SupplementUpload", on_delete=models.PROTECT, related_name="+", null=True)
    ended_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="ended_pairs", null=True)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[PairDecision]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "pair_decision"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what was decided, without whom it is about."""
        return f"pair {self.pk} {'confirmed' if self.is_confirmed else 'refused'}"


class JudgementState(models.TextChoices):
    """How far a judgement is; one whose last day is over counts no longer, whatever its state."""

    WAITING = "waiting"
    ACTIVE = "active"
    REJECTED = "rejected"
    ENDED = "ended"


class ScoreJudgement(Proposed):
    """What somebody who knows a customer judges otherwise than model or rule, why, and until which day.

    Lowering takes him from the list and needs a second person; raising puts him on top of it. `scored_on` and `shown_probability` are what
    was said when he judged. Models never learn from it.
    """

    model = models.CharField(max_length=40)
    customer_number = models.CharField(max_length=64)
    is_lowering = models.BooleanField()
    ends_on = models.DateField()
    scored_on = models.DateField()
    shown_probability = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    state = models.CharField(max_length=10, choices=JudgementState.choices)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_judgements")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_judgements", null=True)
    ended_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="ended_judgements", null=True)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[ScoreJudgement]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "score_judgement"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is, without whom it is about."""
        return f"judgement {self.pk} {self.model} {self.state}"
