"""The only way of pages, exports, API and jobs to data: permission, scope, audit and cache, then `answers`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from maisui.answers import (
    CATALOGUE,
    Answer,
    Bank,
    Comparison,
    Employment,
    Explanation,
    Freshness,
    Metric,
    Movement,
    Narrative,
    OrganisationNode,
    Period,
    Question,
    TargetLine,
    Trend,
    View,
    ask,
    base_question,
    by_target,
    employments,
    explain,
    freshness,
    metric_of,
    movement,
    narrative,
    organisation_tree,
    splits_of,
    target_lines_of,
    trend,
    version_as_published,
    with_base,
)
from maisui.answers.asked_once import AskedOnceReader, Known
from maisui.errors import HomeError, QuestionError, StorageError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import OF_PEOPLE, NotAllowedError, NotVisibleError, Viewer, visible_tree
from maisui.web.alerts.desk import CaseDesk
from maisui.web.answer_cache import AnswerCache
from maisui.web.audit.actor import Actor
from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.calendar_through_gateway import CalendarThroughGateway
from maisui.web.channel_desk import ChannelDesk
from maisui.web.compared import Compared
from maisui.web.customers.label_desk import LabelDesk
from maisui.web.customers.score_desk import ScoreDesk
from maisui.web.customers.through_gateway import CustomersThroughGateway
from maisui.web.data_desk import DataDesk
from maisui.web.forecast_desk import ForecastsThroughGateway
from maisui.web.groups.desk import GroupDesk
from maisui.web.ledger_desk import LedgerDesk
from maisui.web.outlets_through_gateway import OutletsThroughGateway
from maisui.web.product_desk import ProductDesk
from maisui.web.report_desk import ReportDesk
from maisui.web.staff.models import StaffUser
from maisui.web.staff.viewer import viewer_of
from maisui.web.together_through_gateway import TogetherThroughGateway, ask_key, trend_key
from maisui.web.union_desk import UnionDesk

Found = TypeVar("Found")
_MOST_SPLITS = 4
"""A figure is taken apart by one dimension within the values of so many others, itself included."""


_CACHE = AnswerCache()


class Gateway(CalendarThroughGateway, CustomersThroughGateway, ForecastsThroughGateway, OutletsThroughGateway, TogetherThroughGateway):
    """What one viewer may ask; made anew for each request, so that a changed grant counts at once."""

    def __init__(self, bank: Bank, viewer: Viewer, *, address: str = "", cache: AnswerCache = _CACHE) -> None:
        """Answer for `viewer`, who asks from `address`, out of `bank`."""
        self.bank = bank
        self.viewer = viewer
        self.actor = Actor(
            username=viewer.username,
            name=viewer.name,
            employee_number=viewer.employee_number,
            roles=viewer.roles,
            scopes=viewer.scopes,
            address=address,
            permissions=viewer.permissions,
        )
        self._cache = cache
        self._version: str | None = None
        self._known: Known = {}
        self._visible: dict[Permission, tuple[OrganisationNode, ...]] = {}

    def may(self, permission: Permission) -> bool:
        """Return whether the viewer holds `permission`."""
        return permission in self.viewer.permissions

    def require(self, permission: Permission) -> None:
        """Refuse, and record the refusal, unless the viewer holds `permission`.

        Raises:
            NotAllowedError: when he does not.
        """
        if not self.may(permission):
            record(action="use", by=self.actor, object_type="permission", object_id=permission.value, result=Result.REFUSED)
            raise NotAllowedError(
                str(permission.meaning), where=permission.value, next_step="ask the security administrator for a role that may"
            )

    def catalogue(self) -> tuple[Metric, ...]:
        """Return every metric the viewer may ask; all of them, where he may see figures at all."""
        return CATALOGUE if self.may(Permission.FIGURE_VIEW) else ()

    def organisations(self, permission: Permission = Permission.FIGURE_VIEW) -> tuple[OrganisationNode, ...]:
        """Return the organisations for which the viewer holds `permission`, in tree order; none before the first publication."""
        if permission not in self._visible:
            self._visible[permission] = visible_tree(self.whole_tree(), self.viewer.tops_of(permission))
        return self._visible[permission]

    def memberships(self) -> frozenset[str]:
        """Return the organisations the viewer belongs to: those for which he holds a role, and all above them."""
        above = {node.code: node.parent_code for node in self.whole_tree()}
        found: set[str] = set()
        for _, organisation in self.viewer.holdings:
            code: str | None = organisation
            while code and code not in found:
                found.add(code)
                code = above.get(code)
        return frozenset(found)

    def freshness(self) -> Freshness | None:
        """Return what the figures' stamp says; None before the first publication."""
        return self.published("freshness", lambda reader: self._without_details(freshness(reader.manifest)), default=None)

    def ask(self, question: Question) -> Answer:
        """Return the answer within the viewer's scope; no organisation means the top of what he may see.

        Raises:
            NotAllowedError: when he may not see figures, or splits by people and may not see their performance.
            NotVisibleError: when the organisation is not in his scope or does not exist.
            QuestionError: when the question cannot be answered.
        """
        scoped = self.in_scope(question)
        answer = self._plain(replace(scoped, comparison=None))
        if scoped.comparison is None:
            return answer
        return with_base(answer, self._plain(base_question(answer, scoped.comparison, self.calendar(scoped.comparison))), scoped.comparison)

    def compare(self, question: Question, comparisons: Iterable[Comparison]) -> Compared:
        """Return one answer beside its bases.

        Raises:
            MaisuiError: as `ask` does; a base without history is None instead.
        """
        answer = self._plain(self.in_scope(replace(question, comparison=None)))
        return Compared(answer, {comparison: self._base(answer, comparison) for comparison in comparisons})

    def movement(self, question: Question, comparison: Comparison, within: Mapping[str, str]) -> tuple[Compared, Movement | None]:
        """Return what moved a figure against one base, line by line of the last dimension of `question`; see `answers.movement`.

        Raises:
            QuestionError: when the lines of a dimension do not add up to the figure, or as `ask` does.
            AccessError: as `ask` does.
        """
        metric = metric_of(question.metric)
        if len(question.by) > _MOST_SPLITS:
            raise QuestionError(f"more than {_MOST_SPLITS} splits at once", where="within", next_step="narrow by fewer dimensions")
        offered = splits_of(metric)
        for dimension in question.by:
            if dimension not in offered:
                known = f"choose one of: {', '.join(offered)}" if offered else "choose another metric"
                raise QuestionError(f"{metric.code} cannot be taken apart by {dimension!r}", where="split", next_step=known)
        compared = self.compare(question, (comparison,))
        base = compared.bases[comparison]
        return compared, movement(compared.answer, base, within) if base else None

    def as_published(self, question: Question) -> Answer | None:
        """Return the answer as the version of the question's day had it; None where none is kept or the figure was not in it.

        Raises:
            MaisuiError: as `ask` does for what this viewer may not see.
        """
        scoped = replace(self.in_scope(question), comparison=None)
        if scoped.day is None:
            return None
        try:
            version = version_as_published(self.bank.home, scoped.day)
            key = (version, self.bank.home.legal_entity_code, *ask_key(scoped))
            return self._named(self._cache.get(key, lambda: self._asked_of(version, scoped)))
        except (QuestionError, StorageError):
            return None

    def _asked_of(self, version: str, question: Question) -> Answer:
        with self.bank.reader(version) as reader:
            return ask(reader, question)

    def trend(
        self,
        metric: str,
        *,
        organisation: str | None,
        days: Sequence[date],
        period: Period = Period.MONTH,
        view: View = View.AS_WAS,
    ) -> Trend:
        """Return how a metric moved over `days` within the viewer's scope.

        Raises:
            MaisuiError: as `ask` does.
        """
        scoped = self.in_scope(Question(metric, organisation=organisation))
        key = trend_key(metric, scoped.organisation, days, period, view)
        return self.shared(
            key, lambda reader: trend(self.asking(reader), metric, organisation=scoped.organisation, days=days, period=period, view=view)
        )

    def targets(
        self,
        *,
        organisation: str | None,
        day: date | None,
        period: Period,
        view: View = View.AS_WAS,
        by: tuple[str, ...] = (),
    ) -> tuple[TargetLine, ...]:
        """Return the targets in force within the viewer's scope and what is reached of them; see `answers.targets.target_lines`.

        Raises:
            MaisuiError: as `ask` does.
        """
        scoped = self.in_scope(by_target(Question("target_completion_rate", by, organisation, day, period, view=view)))
        return self.shared(("targets", scoped), lambda reader: target_lines_of(self.asking(reader), scoped))

    def narrative(self, question: Question) -> Narrative:
        """Return what is worth saying about an organisation against the comparison of `question`; see `answers.narrative`.

        Raises:
            MaisuiError: as `ask` does.
        """
        scoped = self.in_scope(question)
        targets: tuple[TargetLine, ...] = ()  # a union sets none
        if not self.bank.home.is_union:
            targets = self.targets(organisation=scoped.organisation, day=scoped.day, period=Period.YEAR, view=scoped.view)
        return self.shared(("narrative", scoped), lambda reader: narrative(self.asking(reader), scoped, targets))

    def explain(self, question: Question) -> Explanation:
        """Return why a figure is what it is; difference lists of controls only where the viewer sees the whole entity.

        Raises:
            MaisuiError: as `ask` does, and NotAllowedError without the permission to see explanations.
        """
        scoped = replace(self.in_scope(question, Permission.FIGURE_EXPLAIN), by=(), comparison=None)
        return self.cached(("explain", scoped), lambda reader: self._without_details(explain(reader, scoped)))

    @property
    def data(self) -> DataDesk:
        """Return the desk of those who look after the data of the whole bank: deliveries, quality, tie-outs.

        Raises:
            NotAllowedError: when the viewer may not see the data of the whole entity; the refusal is recorded.
        """
        self.require_whole_entity(Permission.DATA_VIEW)
        return DataDesk(self)

    @property
    def ledger(self) -> LedgerDesk:
        """Return the desk of the general ledger, within the organisations of the viewer."""
        return LedgerDesk(self)

    @property
    def union(self) -> UnionDesk:
        """Return the desk of those who look at all members of a union at once.

        Raises:
            NotAllowedError: when the viewer may not see the union as a whole; the refusal is recorded.
        """
        self.require_whole_entity(Permission.UNION_VIEW)
        return UnionDesk(self)

    @property
    def cases(self) -> CaseDesk:
        """Return the desk of key focus.

        Raises:
            NotAllowedError: when the viewer may not see key focus.
        """
        return CaseDesk(self)

    def parent_of(self, organisation: str) -> str | None:
        """Return the organisation above another, whether the viewer sees it or not; None at the top."""
        return next((node.parent_code for node in self.whole_tree() if node.code == organisation), None)

    def whole_tree(self) -> tuple[OrganisationNode, ...]:
        """Return every organisation, for work behind the pages only: whether somebody else covers one."""
        return self.published("tree", organisation_tree, default=())

    @property
    def reports(self) -> ReportDesk:
        """Return the desk of those who hold reported figures against ours."""
        return ReportDesk(self)

    @property
    def products(self) -> ProductDesk:
        """Return the desk of products, within the organisations of the viewer."""
        return ProductDesk(self)

    @property
    def labels(self) -> LabelDesk:
        """Return the desk of customers' labels, within the organisations of the viewer."""
        return LabelDesk(self)

    @property
    def channels(self) -> ChannelDesk:
        """Return the desk of channels and terminals, within the organisations of the viewer."""
        return ChannelDesk(self)

    @property
    def scores(self) -> ScoreDesk:
        """Return the desk of what models say of customers, within the organisations of the viewer."""
        return ScoreDesk(self)

    def groups(self, user: StaffUser) -> GroupDesk:
        """Return the desk of customer groups for `user`, the gateway's viewer."""
        return GroupDesk(self, user)

    def require_whole_entity(self, permission: Permission) -> None:
        """Refuse whoever does not hold `permission` for the whole entity: files are not cut by organisation.

        Raises:
            NotAllowedError: when he does not.
        """
        self.require(permission)
        if not self.viewer.is_whole_entity(permission):
            record(action="use", by=self.actor, object_type="permission", object_id=permission.value, result=Result.REFUSED)
            raise NotAllowedError(
                "this is for the whole bank at once", where=permission.value, next_step="ask for the role at the whole entity"
            )

    @property
    def top(self) -> str | None:
        """Return the organisation a question means that names none: None is the whole entity."""
        if self.viewer.is_whole_entity(Permission.FIGURE_VIEW):
            return None
        visible = self.organisations()
        return visible[0].code if visible else ""

    def organisation_in_sight(self, organisation: str | None, permission: Permission = Permission.FIGURE_VIEW) -> str | None:
        """Return the organisation asked for, the top of what the viewer may see where none is; None is the whole entity.

        Raises:
            NotAllowedError: when he does not hold `permission`.
            NotVisibleError: when the organisation is not in his scope or does not exist.
        """
        return self.in_scope(Question("", organisation=organisation), permission).organisation

    def require_figures_export(self, organisation: str | None) -> None:
        """Refuse an export of figures of an organisation (None is all the viewer may see) for which he may not export.

        Raises:
            NotAllowedError: when he may export nowhere.
            NotVisibleError: when he may, but not there.
        """
        self.organisation_in_sight(organisation, Permission.FIGURE_EXPORT)

    def own_names(self) -> frozenset[str]:
        """Return the names under which the viewer himself may stand among the customers."""
        employment = employments_of(self.bank).get(self.viewer.employee_number) if self.viewer.employee_number else None
        return frozenset({self.viewer.name.strip(), employment.employee_name.strip() if employment else ""} - {""})

    def in_scope(self, question: Question, permission: Permission = Permission.FIGURE_VIEW) -> Question:
        """Return a question with the organisation it is about for the viewer; see `ask` for what is refused."""
        self.require(permission)
        organisation = question.organisation if question.organisation is not None else self.top
        is_whole = self.viewer.is_whole_entity(permission)
        if (organisation is None and not is_whole) or (
            organisation is not None and organisation not in {node.code for node in self.organisations(permission)}
        ):
            organisation = organisation or "*"
            record(action="view", by=self.actor, object_type="organisation", object_id=organisation, result=Result.REFUSED)
            raise NotVisibleError(
                "there is no such organisation", where="organisation", next_step="choose one from the organisation picker"
            )
        if not OF_PEOPLE.isdisjoint(question.by):
            self.organisation_in_sight(organisation, Permission.PERFORMANCE_VIEW)
        if "handling_organisation" in question.by and not is_whole:
            raise QuestionError(
                "a split by handling organisation shows the whole bank", where=question.metric, next_step="split by organisation or channel"
            )
        return replace(question, organisation=organisation)

    def _plain(self, question: Question) -> Answer:
        return self._named(self.shared(ask_key(question), lambda reader: ask(self.asking(reader), question)))

    def _base(self, answer: Answer, comparison: Comparison) -> Answer | None:
        try:
            return self._plain(base_question(answer, comparison, self.calendar(comparison)))
        except QuestionError:
            return None

    def _named(self, answer: Answer) -> Answer:
        """Return the answer with the names of visible organisations only."""
        return replace(
            answer, organisation_names={node.code: node.name for node in self.organisations()} if answer.organisation_names else {}
        )

    def _without_details(self, found: Any) -> Any:
        if self.viewer.is_whole_entity(Permission.FIGURE_VIEW):
            return found
        return replace(found, controls=tuple(replace(control, details=()) for control in found.controls))

    def published(self, name: str, compute: Callable[[Any], Found], default: Found) -> Found:
        """Return what `compute` reads, kept as `cached` keeps it; `default` before the first publication."""
        try:
            return self.cached((name,), compute)
        except HomeError:
            return default

    def cached(self, key: tuple[Hashable, ...], compute: Callable[[Any], Found]) -> Found:
        """Return what `compute` reads, kept under the version that it was read from, whatever is published meanwhile.

        Raises:
            HomeError: before the first publication.
        """
        return self.shared((self.viewer.fingerprint, *key), compute)

    def shared(self, key: tuple[Hashable, ...], compute: Callable[[Any], Found]) -> Found:
        """Return what `compute` reads, kept for all viewers alike: for what no scope narrows, once the caller has checked the scope.

        Raises:
            HomeError: before the first publication.
        """
        with self.reader() as reader:
            return self._cache.get(self._key(reader, key), lambda: compute(reader))

    def is_kept(self, key: tuple[Hashable, ...]) -> bool:
        """Return whether what `shared` keeps under `key` is there already."""
        with self.reader() as reader:
            return self._cache.knows(self._key(reader, key))

    def _key(self, reader: Any, key: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
        return reader.manifest.version, self.bank.home.legal_entity_code, *key

    def asking(self, reader: Any) -> AskedOnceReader:
        """Return a reader through which this request reads once what many of its questions ask alike."""
        return AskedOnceReader(reader, self._known)

    @contextmanager
    def reader(self) -> Generator[Any]:
        """Give the published version to read what is not kept; every figure of one request is of one version.

        Raises:
            HomeError: before the first publication.
        """
        with self.bank.reader(self._version) as reader:
            self._version = reader.manifest.version
            yield reader


def employments_of(bank: Bank) -> dict[str, Employment]:
    """Return where every employee was last reported to work; empty before the first publication."""
    try:
        with bank.reader() as reader:
            return _CACHE.get((reader.manifest.version, bank.home.legal_entity_code, "employments"), lambda: employments(reader))
    except HomeError:
        return {}


class GatewayMiddleware:
    """Gives every signed-in request its gateway; `request.gateway` does not exist for strangers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with a gateway at hand."""
        user = request.user
        if isinstance(user, StaffUser):
            address = str(request.META.get("REMOTE_ADDR", ""))
            request.gateway = SimpleLazyObject(
                lambda: Gateway(settings.BANK, viewer_of(user, settings.HOME.legal_entity_code), address=address)
            )  # type: ignore[attr-defined]
        return self._get_response(request)
