"""Where customers whom a model points to are handed out: scope, then the record of who looks at whom, then the mask."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone

from maisui.answers import ScoredCustomer, ScorePage, ScoreQuery, list_scored
from maisui.answers.class_migration import ClassMigration, class_migration
from maisui.answers.model_scores import said_of_customer, scored_numbers, scoring_of
from maisui.answers.survival_by_product import GroupSurvival, survival_by_product
from maisui.answers.worth import CustomerWorth, WorthPage, WorthQuery, list_worth, worth_numbers
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.shown import Masks
from maisui.web.model_desk.judgements import standing_judgements
from maisui.web.model_desk.models import ScoreJudgement
from maisui.web.strategies.next_steps import NextStep, next_steps

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ShownScored:
    """One customer of a list, his name and number masked, with what is to be done; `reference` names him in addresses."""

    reference: str
    customer: ScoredCustomer
    judgement: ScoreJudgement | None
    step: NextStep


@dataclass(frozen=True, slots=True)
class ShownScores:
    """One page of a list, masked; `found` keeps counts and sums, its rows are taken away."""

    found: ScorePage
    pages: int
    rows: tuple[ShownScored, ...]


@dataclass(frozen=True, slots=True)
class ShownWorth:
    """One page of customers by what they are worth, masked, each with the reference that names him in addresses."""

    found: WorthPage
    pages: int
    rows: tuple[tuple[str, CustomerWorth], ...]


def kept_scores(gateway: Gateway, model: str, asked: Hashable, compute: Callable[[Any], Found]) -> Found:
    """Return what `compute` reads of a model's scores, kept for this viewer until it is scored anew; the caller records the look."""
    with gateway.reader() as reader:
        scoring = scoring_of(reader, gateway.bank.home.path, model)
    return gateway.cached(("scores", model, scoring, asked), compute)


class ScoreDesk:
    """What one viewer may see of scores."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the gateway's viewer."""
        self._gateway = gateway

    def listed(self, query: ScoreQuery, *, is_export: bool = False) -> ShownScores | None:
        """Return one page of those a model points to within the viewer's scope, recorded first; None where nothing is scored.

        Raises:
            NotAllowedError: when he may not see customers, or not take them out for an export.
            NotVisibleError: when an organisation is not in his scope or does not exist.
            AuditUnavailableError: when the look cannot be recorded.
        """
        gateway = self._gateway
        permission = Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
        gateway.require(permission)
        judged = standing_judgements(query.model, timezone.localdate())
        scoped = self._scoped(query, judged, permission)
        home = gateway.bank.home.path
        found = kept_scores(gateway, query.model, scoped, lambda reader: list_scored(reader, home, scoped))
        if found is None:
            return None
        record(
            action="score_export" if is_export else "score_list",
            by=gateway.actor,
            object_type="customers",
            object_id="*" if scoped.organisations is None else ",".join(scoped.organisations),
            details={
                "model": query.model,
                "sha256": found.sha256,
                "version": found.version,
                "rung": found.standing.rung.value,
                "found": found.total_count,
                "page": found.page,
                "customers": [row.customer_number for row in found.rows],
            },
        )
        steps = next_steps(gateway, [row.customer_number for row in found.rows])
        rows = tuple(self._shown(row, judged.get(row.customer_number), steps[row.customer_number]) for row in found.rows)
        return ShownScores(replace(found, rows=()), max(1, -(-found.total_count // query.size)), rows)

    def numbers(self, query: ScoreQuery, most: int, permission: Permission) -> tuple[str, ...]:
        """Return the numbers of a list for whom the viewer holds `permission`, one more than `most` at most; never shown.

        Raises:
            NotAllowedError: when the viewer does not hold the permission.
            NotVisibleError: when an organisation is not in his scope for that or does not exist.
        """
        self._gateway.require(permission)
        scoped = self._scoped(query, standing_judgements(query.model, timezone.localdate()), permission)
        with self._gateway.reader() as reader:
            return scored_numbers(reader, self._gateway.bank.home.path, scoped, most)

    def _scoped(self, query: ScoreQuery, judged: Mapping[str, ScoreJudgement], permission: Permission) -> ScoreQuery:
        """Return a question within the viewer's organisations, with those of whom people judge otherwise."""
        return replace(
            query,
            organisations=tops_covered(self._gateway, query.organisations, permission),
            raised=frozenset(number for number, one in judged.items() if not one.is_lowering),
            lowered=frozenset(number for number, one in judged.items() if one.is_lowering),
        )

    def worth_numbers(self, query: WorthQuery, most: int, permission: Permission) -> tuple[str, ...]:
        """Return the numbers of the list of values for whom the viewer holds `permission`, one more than `most` at most; never shown.

        Raises:
            NotAllowedError: when the viewer does not hold the permission.
            NotVisibleError: when an organisation is not in his scope for that or does not exist.
        """
        gateway = self._gateway
        gateway.require(permission)
        scoped = replace(query, organisations=tops_covered(gateway, query.organisations, permission))
        with gateway.reader() as reader:
            return worth_numbers(reader, gateway.bank.home.path, scoped, most)

    def worth(self, query: WorthQuery, *, is_export: bool = False) -> ShownWorth | None:
        """Return one page of customers by what they are worth within the viewer's scope, recorded first; None where nothing is scored.

        Raises:
            NotAllowedError: when he may not see customers, or not take them out for an export.
            NotVisibleError: when an organisation is not in his scope or does not exist.
            AuditUnavailableError: when the look cannot be recorded.
        """
        gateway = self._gateway
        permission = Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
        gateway.require(permission)
        scoped = replace(query, organisations=tops_covered(gateway, query.organisations, permission))
        home = gateway.bank.home.path
        found = kept_scores(gateway, "value", scoped, lambda reader: list_worth(reader, home, scoped))
        if found is None:
            return None
        record(
            action="value_export" if is_export else "value_list",
            by=gateway.actor,
            object_type="customers",
            object_id="*" if scoped.organisations is None else ",".join(scoped.organisations),
            details={
                "sha256": found.sha256,
                "version": found.version,
                "rung": found.standing.rung.value,
                "order": found.order.value,
                "found": found.total_count,
                "page": found.page,
                "customers": [row.customer_number for row in found.rows],
            },
        )
        rows = tuple((reference_of(row.customer_number), self._masked(row)) for row in found.rows)
        return ShownWorth(replace(found, rows=()), max(1, -(-found.total_count // query.size)), rows)

    def _masked(self, row: CustomerWorth) -> CustomerWorth:
        masks = Masks(self._gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
        number, name = masks("customer_number", row.customer_number), masks("customer_name", row.customer_name)
        return replace(row, customer_number=number, customer_name=name)

    def class_migration(self, organisations: tuple[str, ...] | None, months: int) -> ClassMigration | None:
        """Return what became of loans of each class within `months`, within the viewer's scope of customers.

        Raises:
            NotAllowedError: when he may not see customers.
            NotVisibleError: when an organisation is not in his scope or does not exist.
        """
        gateway = self._gateway
        gateway.require(Permission.CUSTOMER_VIEW)
        tops = tops_covered(gateway, organisations)
        return gateway.cached(("class_migration", tops, months), lambda reader: class_migration(reader, tops, months))

    def survival(self, organisations: tuple[str, ...] | None) -> tuple[GroupSurvival, ...]:
        """Return how long persons keep accounts of each product group, within the viewer's scope of customers.

        Raises:
            NotAllowedError: when he may not see customers.
            NotVisibleError: when an organisation is not in his scope or does not exist.
        """
        gateway = self._gateway
        gateway.require(Permission.CUSTOMER_VIEW)
        tops = tops_covered(gateway, organisations)
        return gateway.cached(("survival_by_product", tops), lambda reader: survival_by_product(reader, tops))

    def said_of(self, model: str, customer_number: str) -> tuple[date, Decimal | None] | None:
        """Return on which day a model last judged a customer, and his probability; for work behind the pages, who asks checks his scope.

        Raises:
            NotAllowedError: when he may not see customers.
        """
        self._gateway.require(Permission.CUSTOMER_VIEW)
        with self._gateway.reader() as reader:
            return said_of_customer(reader, self._gateway.bank.home.path, model, customer_number)

    def _shown(self, row: ScoredCustomer, judgement: ScoreJudgement | None, step: NextStep) -> ShownScored:
        masks = Masks(self._gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
        number, name = masks("customer_number", row.customer_number), masks("customer_name", row.customer_name)
        return ShownScored(reference_of(row.customer_number), replace(row, customer_number=number, customer_name=name), judgement, step)
