"""The tables of what people write of customers: nothing is overwritten, a fact that no longer holds is ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils import timezone


class FactKind(models.TextChoices):
    """What a fact is about."""

    FAMILY = "family"
    BUSINESS = "business"
    ASSETS = "assets"
    DOCUMENT = "document"
    PREFERENCE = "preference"
    OTHER = "other"


class FactSource(models.TextChoices):
    """Where the writer has it from."""

    CUSTOMER = "customer"
    VISIT = "visit"
    DOCUMENT = "document"
    THIRD_PARTY = "third_party"


class ContactKind(models.TextChoices):
    """How a customer was met."""

    VISIT = "visit"
    TELEPHONE = "telephone"
    COUNTER = "counter"
    MESSAGE = "message"


class ContactOutcome(models.TextChoices):
    """What came of it."""

    AGREED = "agreed"
    INTERESTED = "interested"
    DECLINED = "declined"
    NOT_REACHED = "not_reached"
    INFORMED = "informed"


class TaskState(models.TextChoices):
    """How far a task is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class CustomerFact(models.Model):
    """One fact of a customer that somebody wrote down; ended, and perhaps followed by another, but never changed."""

    legal_entity_code = models.CharField(max_length=64)
    customer_number = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=FactKind.choices)
    words = models.CharField(max_length=300)
    source = models.CharField(max_length=12, choices=FactSource.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    written_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="customer_facts")
    written_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="ended_customer_facts", null=True)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[CustomerFact]] = models.Manager()

    class Meta:
        """By kind, what holds first, the newest first."""

        db_table = "customer_fact"
        ordering: ClassVar[list[str]] = ["kind", "-valid_from", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["legal_entity_code", "customer_number"], name="fact_by_customer")]

    def __str__(self) -> str:
        """Return what it is about, never of whom."""
        return f"{self.kind} {self.pk}"

    def holds_on(self, day: date) -> bool:
        """Return whether the fact holds on a day."""
        return self.ended_at is None and self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class CustomerContact(models.Model):
    """One contact with a customer: when, how, and what came of it; never changed."""

    legal_entity_code = models.CharField(max_length=64)
    customer_number = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=ContactKind.choices)
    happened_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=ContactOutcome.choices)
    words = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="customer_contacts")
    written_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[CustomerContact]] = models.Manager()

    class Meta:
        """The newest first."""

        db_table = "customer_contact"
        ordering: ClassVar[list[str]] = ["-happened_on", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["legal_entity_code", "customer_number"], name="contact_by_customer")]

    def __str__(self) -> str:
        """Return how and when, never with whom."""
        return f"{self.kind} {self.happened_on:%Y-%m-%d}"


class CustomerTask(models.Model):
    """One thing to do for a customer by a day, by the person who wrote it down."""

    legal_entity_code = models.CharField(max_length=64)
    customer_number = models.CharField(max_length=200)
    what = models.CharField(max_length=120)
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=TaskState.choices, default=TaskState.OPEN)
    written_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="customer_tasks")
    written_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="ended_customer_tasks", null=True)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[CustomerTask]] = models.Manager()

    class Meta:
        """What is due first."""

        db_table = "customer_task"
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["legal_entity_code", "customer_number"], name="task_by_customer")]

    def __str__(self) -> str:
        """Return its day and state, never whom it is for."""
        return f"{self.due_on:%Y-%m-%d} {self.state}"


class PaymentPromise(models.Model):
    """What a borrower promised to pay by a day, in yuan; never changed, but withdrawn with a reason where it was wrong or agreed anew.

    Whether it was kept is told by the repayments delivered since.
    """

    legal_entity_code = models.CharField(max_length=64)
    customer_number = models.CharField(max_length=200)
    amount: models.DecimalField[Decimal, Decimal] = models.DecimalField(max_digits=18, decimal_places=2)
    promised_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="payment_promises")
    written_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="withdrawn_promises", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    why_withdrawn = models.CharField(max_length=300, blank=True)
    objects: ClassVar[models.Manager[PaymentPromise]] = models.Manager()

    class Meta:
        """The newest first."""

        db_table = "payment_promise"
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["legal_entity_code", "customer_number"], name="promise_by_customer")]

    def __str__(self) -> str:
        """Return its day, never whose it is."""
        return f"{self.promised_on:%Y-%m-%d}"
