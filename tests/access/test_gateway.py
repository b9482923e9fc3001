"""Every door of the gateway: what is asked within a scope, refused and recorded outside of it, and never shared across it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from web_home import BRANCH, HEAD, LAST_DAY, OTHER_BRANCH, make_person

from maisui.answers import CATALOGUE, Comparison, Period, Question, View
from maisui.errors import HomeError, QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotAllowedError, NotVisibleError, Viewer
from maisui.web.answer_cache import AnswerCache
from maisui.web.audit.models import AuditRecord, Result
from maisui.web.channel_desk import ChannelDesk
from maisui.web.customers.label_desk import LabelDesk
from maisui.web.customers.score_desk import ScoreDesk
from maisui.web.data_desk import DataDesk
from maisui.web.gateway import Compared, Gateway, GatewayMiddleware, employments_of
from maisui.web.groups.desk import GroupDesk
from maisui.web.ledger_desk import LedgerDesk
from maisui.web.product_desk import ProductDesk
from maisui.web.report_desk import ReportDesk
from maisui.web.union_desk import UnionDesk

pytestmark = pytest.mark.django_db
DEPOSITS = Question("deposit_balance")


def gateway(*holdings: tuple[str, str], cache: AnswerCache | None = None, name: str = "某人", employee: str = "") -> Gateway:
    """Return the gateway of somebody who holds these roles in these subtrees, with a cache to himself unless one is given."""
    return Gateway(settings.BANK, Viewer("somebody", name, employee, holdings), cache=cache or AnswerCache())


PRESIDENT, MANAGER, TELLER = ("bank_president", ""), ("branch_manager", BRANCH), ("teller", OTHER_BRANCH)


def refusals() -> list[tuple[str, str, str]]:
    """Return what was refused and recorded."""
    return [(one.action, one.object_type, one.object_id) for one in AuditRecord.objects.filter(result=Result.REFUSED).order_by("pk")]


# --- permissions ---


def test_what_a_role_does_not_allow_is_refused_named_and_recorded() -> None:
    found = gateway(TELLER)
    found.require(Permission.FIGURE_VIEW)
    assert refusals() == []
    with pytest.raises(NotAllowedError) as refused:
        found.require(Permission.AUDIT_VIEW)
    assert refused.value.where == "audit_view"
    assert refusals() == [("use", "permission", "audit_view")]


def test_what_concerns_the_whole_bank_needs_the_role_for_the_whole_bank() -> None:
    """A refusal is recorded whether the permission or the scope is missing."""
    gateway(PRESIDENT).require_whole_entity(Permission.FIGURE_VIEW)
    with pytest.raises(NotAllowedError) as refused:
        gateway(MANAGER).require_whole_entity(Permission.FIGURE_VIEW)
    assert refused.value.what == "this is for the whole bank at once"
    with pytest.raises(NotAllowedError) as refused:
        gateway(("audit_administrator", "")).require_whole_entity(Permission.FIGURE_VIEW)
    assert refused.value.what != "this is for the whole bank at once"
    assert refusals() == [("use", "permission", "figure_view")] * 2


def test_metrics_are_for_who_may_see_figures() -> None:
    assert gateway(TELLER).catalogue() == CATALOGUE
    assert gateway(("audit_administrator", "")).catalogue() == ()


def test_desks_of_the_whole_bank_open_to_who_holds_them_for_the_whole_bank() -> None:
    assert isinstance(gateway(("data_engineer", "")).data, DataDesk)
    assert isinstance(gateway(("union_leader", "")).union, UnionDesk)
    for closed in (lambda: gateway(("data_engineer", BRANCH)).data, lambda: gateway(TELLER).data):
        with pytest.raises(NotAllowedError):
            closed()
    for closed in (lambda: gateway(("union_leader", BRANCH)).union, lambda: gateway(PRESIDENT).union):
        with pytest.raises(NotAllowedError):
            closed()
    assert [one[2] for one in refusals()] == ["data_view", "data_view", "union_view", "union_view"]


def test_desks_within_ones_organisations_open_to_everybody_with_his_own_gateway() -> None:
    found = gateway(PRESIDENT)
    person = make_person("somebody", PRESIDENT)
    desks = (found.ledger, found.reports, found.products, found.labels, found.channels, found.scores, found.groups(person.user))
    assert [type(one) for one in desks] == [LedgerDesk, ReportDesk, ProductDesk, LabelDesk, ChannelDesk, ScoreDesk, GroupDesk]
    assert type(found.cases).__name__ == "CaseDesk"


# --- organisations ---


def test_organisations_are_those_of_the_permission_and_memberships_reach_up_to_the_top() -> None:
    found = gateway(MANAGER, TELLER)
    assert [node.code for node in found.organisations()] == [BRANCH, OTHER_BRANCH]
    assert [node.code for node in found.organisations(Permission.FIGURE_EXPORT)] == [BRANCH]
    assert [node.code for node in found.organisations()] == [BRANCH, OTHER_BRANCH]
    assert found.memberships() == {HEAD, BRANCH, OTHER_BRANCH}
    assert gateway(MANAGER).memberships() == {HEAD, BRANCH}
    assert gateway(PRESIDENT).memberships() == frozenset()
    assert gateway(("teller", "B9")).memberships() == {"B9"}
    assert (found.parent_of(BRANCH), found.parent_of(HEAD), found.parent_of("B9")) == (HEAD, None, None)
    assert [node.code for node in found.whole_tree()] == [HEAD, BRANCH, OTHER_BRANCH]


def test_a_question_without_an_organisation_means_the_top_of_what_one_sees() -> None:
    assert gateway(PRESIDENT).top is None
    assert gateway(("branch_manager", HEAD)).top == HEAD
    assert gateway(MANAGER).top == BRANCH
    assert gateway(("audit_administrator", "")).top == ""
    assert gateway(PRESIDENT).organisation_in_sight(None) is None
    assert gateway(PRESIDENT).organisation_in_sight(BRANCH) == BRANCH
    assert gateway(MANAGER).organisation_in_sight(None) == BRANCH
    assert gateway(MANAGER).ask(DEPOSITS).question.organisation == BRANCH
    assert gateway(PRESIDENT).ask(DEPOSITS).question.organisation is None


@pytest.mark.parametrize("organisation", [HEAD, OTHER_BRANCH, "B9", ""])
def test_an_organisation_out_of_sight_does_not_exist_and_the_look_is_recorded(organisation: str) -> None:
    with pytest.raises(NotVisibleError):
        gateway(MANAGER).organisation_in_sight(organisation)
    assert refusals() == [("view", "organisation", organisation or "*")]


def test_even_for_the_whole_bank_an_organisation_that_does_not_exist_is_none() -> None:
    with pytest.raises(NotVisibleError):
        gateway(PRESIDENT).organisation_in_sight("B9")


def test_who_has_no_organisation_or_has_it_for_another_permission_only_sees_nothing() -> None:
    """A teller of the whole bank who manages one branch has no figures of the whole bank to export."""
    both = gateway(("teller", ""), MANAGER)
    with pytest.raises(NotVisibleError):
        both.require_figures_export(None)
    both.require_figures_export(BRANCH)
    with pytest.raises(NotVisibleError):
        gateway(("teller", "B9")).organisation_in_sight(None)
    assert refusals() == [("view", "organisation", "*")] * 2


def test_an_export_needs_the_permission_there() -> None:
    gateway(MANAGER).require_figures_export(None)
    with pytest.raises(NotAllowedError):
        gateway(TELLER).require_figures_export(OTHER_BRANCH)
    with pytest.raises(NotVisibleError):
        gateway(MANAGER, TELLER).require_figures_export(OTHER_BRANCH)


def test_a_split_by_who_handled_is_for_the_whole_bank() -> None:
    question = Question("transaction_count", by=("handling_organisation",))
    assert gateway(PRESIDENT).ask(question).rows
    with pytest.raises(QuestionError):
        gateway(("bank_president", HEAD)).ask(question)
    assert gateway(MANAGER).ask(Question("transaction_count", by=("channel",))).rows


# --- answers ---


def test_an_answer_is_held_against_its_base_only_when_asked() -> None:
    found = gateway(PRESIDENT)
    plain = found.ask(DEPOSITS)
    held = found.ask(replace(DEPOSITS, comparison=Comparison.PREVIOUS_DAY))
    assert plain.rows[0].base_value is None
    assert held.rows[0].base_value is not None
    assert held.rows[0].value == plain.rows[0].value


def test_a_base_before_the_history_is_none_and_leaves_the_answer_as_it_is() -> None:
    compared = gateway(PRESIDENT).compare(DEPOSITS, [Comparison.PREVIOUS_DAY, Comparison.SAME_DATE_LAST_YEAR])
    assert compared.bases[Comparison.SAME_DATE_LAST_YEAR] is None
    base = compared.bases[Comparison.PREVIOUS_DAY]
    assert base is not None
    assert compared.against(Comparison.SAME_DATE_LAST_YEAR) == compared.answer
    assert compared.against(Comparison.PREVIOUS_DAY).rows[0].base_value == base.rows[0].value
    assert Compared(compared.answer, {Comparison.PREVIOUS_DAY: base}).against(Comparison.PREVIOUS_DAY) != compared.answer


def test_a_figure_is_taken_apart_within_its_splits_and_no_further() -> None:
    found = gateway(PRESIDENT)
    compared, moved = found.movement(replace(DEPOSITS, by=("product",)), Comparison.PREVIOUS_DAY, {})
    assert compared.answer.rows
    assert moved is not None
    _, nothing = found.movement(replace(DEPOSITS, by=("product",)), Comparison.SAME_DATE_LAST_YEAR, {})
    assert nothing is None
    four = ("product_group", "product_category", "product_line", "product")
    within = {name: getattr(next(iter(compared.answer.rows)), "dimensions", {}).get(name, "") for name in four[:-1]}
    found.movement(replace(DEPOSITS, by=four), Comparison.PREVIOUS_DAY, within)
    with pytest.raises(QuestionError) as refused:
        found.movement(replace(DEPOSITS, by=(*four, "currency")), Comparison.PREVIOUS_DAY, {})
    assert "4 splits" in refused.value.what
    with pytest.raises(QuestionError) as refused:
        found.movement(replace(DEPOSITS, by=("channel",)), Comparison.PREVIOUS_DAY, {})
    assert refused.value.what == "deposit_balance cannot be taken apart by 'channel'"
    assert "choose one of: " in refused.value.next_step


def test_names_of_organisations_are_told_where_the_answer_has_any_and_only_visible_ones() -> None:
    split = replace(DEPOSITS, by=("organisation",))
    assert gateway(MANAGER).ask(DEPOSITS).organisation_names == {}
    assert set(gateway(MANAGER).ask(split).organisation_names) == {BRANCH}
    assert set(gateway(PRESIDENT).ask(split).organisation_names) == {HEAD, BRANCH, OTHER_BRANCH}


def test_what_two_viewers_see_of_one_branch_is_kept_apart() -> None:
    """The president asks for the branch first; its manager may not be answered with the president's names."""
    cache = AnswerCache()
    question = Question("deposit_balance", by=("organisation",), organisation=BRANCH, day=LAST_DAY)
    president, manager = gateway(PRESIDENT, cache=cache), gateway(MANAGER, cache=cache)
    assert set(president.ask(question).organisation_names) == {HEAD, BRANCH, OTHER_BRANCH}
    assert set(manager.ask(question).organisation_names) == {BRANCH}
    published = president.as_published(question)
    assert published is not None
    assert set(published.organisation_names) == {HEAD, BRANCH, OTHER_BRANCH}
    published = manager.as_published(question)
    assert published is not None
    assert set(published.organisation_names) == {BRANCH}
    assert published.rows[0].value == manager.ask(question).rows[0].value


def test_a_figure_as_published_needs_a_day_with_a_version() -> None:
    found = gateway(PRESIDENT)
    assert found.as_published(DEPOSITS) is None
    assert found.as_published(replace(DEPOSITS, day=LAST_DAY.replace(year=2020))) is None
    assert found.as_published(replace(DEPOSITS, day=LAST_DAY, comparison=Comparison.PREVIOUS_DAY)) is not None
    with pytest.raises(NotVisibleError):
        gateway(MANAGER).as_published(replace(DEPOSITS, organisation=OTHER_BRANCH, day=LAST_DAY))


def test_every_part_of_a_question_about_a_course_makes_another_answer() -> None:
    found = gateway(PRESIDENT)
    asked = [
        found.trend("deposit_balance", organisation=None, days=[LAST_DAY]),
        found.trend("deposit_balance", organisation=BRANCH, days=[LAST_DAY]),
        found.trend("loan_balance", organisation=None, days=[LAST_DAY]),
        found.trend("deposit_balance", organisation=None, days=[LAST_DAY.replace(day=1), LAST_DAY]),
    ]
    assert len({repr(one) for one in asked}) == 4
    before = len(found._cache._found)
    found.trend("deposit_balance", organisation=None, days=[LAST_DAY], period=Period.YEAR)
    found.trend("deposit_balance", organisation=None, days=[LAST_DAY], view=View.AS_IS)
    assert len(found._cache._found) == before + 2
    assert asked[0] != found.targets(organisation=None, day=LAST_DAY, period=Period.YEAR)
    with pytest.raises(NotVisibleError):
        gateway(MANAGER).trend("deposit_balance", organisation=OTHER_BRANCH, days=[LAST_DAY])


def test_targets_and_words_are_of_the_viewers_organisations() -> None:
    assert gateway(PRESIDENT).targets(organisation=None, day=LAST_DAY, period=Period.YEAR) == ()
    told = gateway(MANAGER).narrative(replace(DEPOSITS, comparison=Comparison.PREVIOUS_DAY))
    assert told is not None
    for asked in (
        lambda: gateway(MANAGER).narrative(replace(DEPOSITS, organisation=OTHER_BRANCH, comparison=Comparison.PREVIOUS_DAY)),
        lambda: gateway(MANAGER).targets(organisation=OTHER_BRANCH, day=LAST_DAY, period=Period.YEAR),
    ):
        with pytest.raises(NotVisibleError):
            asked()


def test_grades_and_places_of_outlets_are_told_of_those_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    """The head office has neither."""
    known = {BRANCH: "A", OTHER_BRANCH: "B", "B9": "C"}
    monkeypatch.setattr("maisui.web.outlets_through_gateway.outlet_grades", lambda _reader: known)
    monkeypatch.setattr("maisui.web.outlets_through_gateway.outlet_positions", lambda _reader: known)
    president, manager = gateway(PRESIDENT), gateway(MANAGER)
    assert president.outlet_grades() == president.outlet_positions() == {BRANCH: "A", OTHER_BRANCH: "B"}
    assert manager.outlet_grades() == manager.outlet_positions() == {BRANCH: "A"}


def test_places_that_differ_are_told_to_who_sees_the_whole_bank_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.warehouse.version import Control

    control = Control("ties", "平", "ties", "warn", 9, 1, "0.01", ({"organisation_code": OTHER_BRANCH, "difference_amount": "0.01"},))
    told = gateway(PRESIDENT).explain(DEPOSITS)
    monkeypatch.setattr("maisui.web.gateway.explain", lambda _reader, _question: replace(told, controls=(control,)))
    assert gateway(PRESIDENT).explain(DEPOSITS).controls == (control,)
    (found,) = gateway(MANAGER).explain(DEPOSITS).controls
    assert (found.violations, found.details) == (1, ())
    with pytest.raises(NotAllowedError):
        gateway(TELLER).explain(DEPOSITS)


# --- what is kept ---


def fake_bank(entity: str = "MINI", version: str = "v1") -> SimpleNamespace:
    """Return a bank that is published as `version`."""
    reader = SimpleNamespace(manifest=SimpleNamespace(version=version))
    return SimpleNamespace(home=SimpleNamespace(legal_entity_code=entity), reader=lambda _version=None: nullcontext(reader))


def kept_for(bank: SimpleNamespace, cache: AnswerCache, *holdings: tuple[str, str]) -> Gateway:
    return Gateway(bank, Viewer("somebody", "某人", "", holdings), cache=cache)  # type: ignore[arg-type]


def test_what_is_kept_is_of_one_bank_one_version_one_scope_and_one_question() -> None:
    cache = AnswerCache()
    asked = [
        (fake_bank(), PRESIDENT, "a"),
        (fake_bank("OTHER"), PRESIDENT, "a"),
        (fake_bank(version="v2"), PRESIDENT, "a"),
        (fake_bank(), MANAGER, "a"),
        (fake_bank(), PRESIDENT, "b"),
    ]
    for number, (bank, holding, question) in enumerate(asked):
        assert kept_for(bank, cache, holding).cached((question,), lambda _reader, number=number: number) == number
    for number, (bank, holding, question) in enumerate(asked):
        assert kept_for(bank, cache, holding).cached((question,), lambda _reader: "asked again") == number


def test_what_no_scope_narrows_is_shared_by_all_of_one_bank() -> None:
    cache = AnswerCache()
    assert kept_for(fake_bank(), cache, PRESIDENT).shared(("a",), lambda _reader: 1) == 1
    assert kept_for(fake_bank(), cache, MANAGER).shared(("a",), lambda _reader: 2) == 1
    assert kept_for(fake_bank("OTHER"), cache, MANAGER).shared(("a",), lambda _reader: 3) == 3
    assert kept_for(fake_bank(), cache, MANAGER).shared(("b",), lambda _reader: 4) == 4


def test_before_the_first_publication_there_is_nothing_to_see() -> None:
    def nothing(_version: str | None = None) -> None:
        raise HomeError("nothing has been published yet", where="home", next_step="wait")

    bank = SimpleNamespace(home=SimpleNamespace(legal_entity_code="NONE"), reader=nothing)
    found = kept_for(bank, AnswerCache(), PRESIDENT)
    assert (found.freshness(), found.organisations(), found.whole_tree()) == (None, (), ())
    assert (found.outlet_grades(), found.outlet_positions()) == ({}, {})
    assert employments_of(bank) == {}  # type: ignore[arg-type]


def test_one_request_stays_with_the_version_it_began_with() -> None:
    asked: list[str | None] = []
    bank = fake_bank()
    within = bank.reader
    bank.reader = lambda version=None: (asked.append(version), within(version))[1]
    found = kept_for(bank, AnswerCache(), PRESIDENT)
    for _ in range(2):
        with found.reader():
            pass
    assert asked == [None, "v1"]


# --- who asks ---


def test_employees_are_asked_for_once_a_version() -> None:
    assert employments_of(settings.BANK) == employments_of(settings.BANK)
    assert isinstance(employments_of(settings.BANK), dict)


def test_ones_own_names_are_that_of_the_user_and_that_of_the_employee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maisui.web.gateway.employments_of", lambda _bank: {"E1": SimpleNamespace(employee_name=" 张晓明 ")})
    assert gateway(MANAGER, name="张小明 ", employee="E1").own_names() == {"张小明", "张晓明"}
    assert gateway(MANAGER, name="张小明", employee="E9").own_names() == {"张小明"}
    assert gateway(MANAGER, name="张小明").own_names() == {"张小明"}
    assert gateway(MANAGER, name="").own_names() == frozenset()


def test_a_signed_in_request_has_its_gateway_and_a_strangers_has_none() -> None:
    seen: list[HttpRequest] = []

    def answered(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse("answered")

    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.9"
    request.user = make_person("somebody", MANAGER).user
    assert GatewayMiddleware(answered)(request).content == b"answered"
    assert (request.gateway.viewer.holdings, request.gateway.actor.address) == ((MANAGER,), "127.0.0.9")

    stranger = HttpRequest()
    stranger.user = SimpleNamespace(is_authenticated=False)
    assert GatewayMiddleware(answered)(stranger).content == b"answered"
    assert not hasattr(stranger, "gateway")
    assert seen == [request, stranger]
