"""Nobody sees what lies outside his subtrees: pages, interface, exports, cache and names."""

from __future__ import annotations

import io
import random
import re
from contextlib import nullcontext
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from web_home import BRANCH, HEAD, LAST_DAY, OTHER_BRANCH, make_person, sign_in, without_tokens

from maisui.answers import BY_CODE, CATALOGUE, CHILD, Comparison, OrganisationNode, Question
from maisui.web.access.permissions import ROLES, Permission
from maisui.web.access.scope import NotAllowedError, NotVisibleError, Viewer, visible_tree

pytestmark = pytest.mark.django_db
ENTITY = "MINI"


def gateway_for(*holdings: tuple[str, str]):
    """Return the gateway of somebody who holds these roles in these subtrees."""
    from django.conf import settings as django

    from maisui.web.gateway import Gateway

    return Gateway(django.BANK, Viewer("somebody", "某人", "", holdings))


# --- the tree ---


@st.composite
def trees(draw: st.DrawFn) -> tuple[OrganisationNode, ...]:
    """Draw a tree in tree order: parents before children, codes whose prefixes mislead."""
    count = draw(st.integers(1, 14))
    parents = [None] + [draw(st.integers(0, place - 1)) for place in range(1, count)]
    below: dict[int | None, list[int]] = {}
    for place, parent in enumerate(parents):
        below.setdefault(parent, []).append(place)
    ordered: list[OrganisationNode] = []

    def walk(place: int, depth: int) -> None:
        parent = parents[place]
        code = "1" * (place + 1)
        ordered.append(OrganisationNode(code, f"机构{code}", "outlet", None if parent is None else "1" * (parent + 1), depth, is_open=True))
        for child in below.get(place, []):
            walk(child, depth + 1)

    walk(0, 0)
    return tuple(ordered)


def at_and_below(tree: tuple[OrganisationNode, ...], tops: set[str]) -> set[str]:
    """Return the codes at and below `tops`, found by climbing from each organisation."""
    parent = {node.code: node.parent_code for node in tree}
    found: set[str] = set()
    for node in tree:
        place: str | None = node.code
        while place is not None and place not in tops:
            place = parent[place]
        if place is not None:
            found.add(node.code)
    return found


@settings(max_examples=500, deadline=None)
@given(trees(), st.data())
def test_the_visible_tree_is_what_lies_at_and_below_the_tops(tree: tuple[OrganisationNode, ...], data: st.DataObject) -> None:
    tops = set(data.draw(st.lists(st.sampled_from([node.code for node in tree]), max_size=3)))
    narrower = set(data.draw(st.lists(st.sampled_from(sorted(tops) or ["none"]), max_size=2)))
    seen = visible_tree(tree, tops)

    assert {node.code for node in seen} == at_and_below(tree, tops)
    assert {node.code for node in visible_tree(tree, narrower)} <= {node.code for node in seen}, "a narrower grant shows more"
    assert all(node.parent_code is None or node.parent_code in {other.code for other in seen} for node in seen), "a hidden parent is named"
    assert visible_tree(tree, [""]) == tree
    assert visible_tree(tree, []) == ()


# --- figures ---


def test_each_scope_sums_to_what_the_whole_bank_says_of_it() -> None:
    whole = {
        row.dimensions["organisation"]: row.value
        for row in gateway_for(("bank_president", "")).ask(Question("deposit_balance", by=("organisation",))).rows
    }
    assert len(whole) == 2
    for scope, members in ((HEAD, list(whole)), (BRANCH, [BRANCH]), (OTHER_BRANCH, [OTHER_BRANCH])):
        answer = gateway_for(("branch_manager", scope)).ask(Question("deposit_balance"))
        assert answer.rows[0].value == sum((whole[code] for code in members), Decimal(0))
        assert answer.question.organisation == scope


def asking(gateway, verb: str, metric: str, organisation: str) -> None:
    """Ask about an organisation in one of three ways."""
    match verb:
        case "ask":
            gateway.ask(Question(metric, organisation=organisation))
        case "compare":
            gateway.compare(Question(metric, organisation=organisation), [Comparison.PREVIOUS_MONTH])
        case _:
            gateway.trend(metric, organisation=organisation, days=[LAST_DAY])


def test_a_thousand_questions_about_others_are_answered_as_about_nobody() -> None:
    chance = random.Random(20260331)
    asked = {HEAD: {HEAD, BRANCH, OTHER_BRANCH}, BRANCH: {BRANCH}, OTHER_BRANCH: {OTHER_BRANCH}}
    refusals: dict[str, set[str]] = {}
    seen = 0
    for _ in range(1000):
        scope, organisation = chance.choice(list(asked)), chance.choice([HEAD, BRANCH, OTHER_BRANCH, "B9", "", "B1' OR '1'='1", "*"])
        metric, role = chance.choice(CATALOGUE), chance.choice(["branch_manager", "teller", "customer_manager", "bank_president"])
        gateway = gateway_for((role, scope))
        verb = chance.choice(["ask", "compare", "trend"])
        if organisation in asked[scope]:
            seen += 1
            continue
        with pytest.raises(NotVisibleError) as refused:
            asking(gateway, verb, metric.code, organisation)
        refusals.setdefault("text", set()).add(str(refused.value))
    assert seen > 100
    assert len(refusals["text"]) == 1, "a refusal tells existing organisations from others"


def test_a_thousand_turns_of_two_viewers_never_share_an_answer() -> None:
    chance = random.Random(4711)
    wide, narrow, other = (
        gateway_for(("bank_president", "")),
        gateway_for(("bank_president", BRANCH)),
        gateway_for(("bank_president", OTHER_BRANCH)),
    )
    expected = {
        id(gateway): {
            code: [
                (row.dimensions, row.value)
                for row in gateway.ask(Question(code, by=(CHILD,) if "organisation" in BY_CODE[code].dimensions else ())).rows
            ]
            for code in ("deposit_balance", "customer_count", "transaction_count", "npl_ratio")
        }
        for gateway in (wide, narrow, other)
    }
    assert expected[id(wide)] != expected[id(narrow)] != expected[id(other)]
    for _ in range(1000):
        gateway = chance.choice([wide, narrow, other])
        code = chance.choice(sorted(expected[id(gateway)]))
        rows = gateway.ask(Question(code, by=(CHILD,) if "organisation" in BY_CODE[code].dimensions else ())).rows
        assert [(row.dimensions, row.value) for row in rows] == expected[id(gateway)][code]


def test_a_permission_counts_only_where_its_role_was_granted() -> None:
    gateway = gateway_for(("branch_manager", BRANCH), ("teller", OTHER_BRANCH))

    assert gateway.ask(Question("deposit_balance", organisation=OTHER_BRANCH)).rows
    gateway.require_figures_export(BRANCH)
    with pytest.raises(NotVisibleError):
        gateway.require_figures_export(OTHER_BRANCH)
    with pytest.raises(NotVisibleError):
        gateway.explain(Question("deposit_balance", organisation=OTHER_BRANCH))
    with pytest.raises(NotAllowedError):
        gateway_for(("teller", BRANCH)).require_figures_export(BRANCH)


def test_names_and_difference_lists_of_others_are_not_told() -> None:
    gateway = gateway_for(("branch_manager", BRANCH))
    answer = gateway.ask(Question("deposit_balance", by=("organisation",)))
    assert set(answer.organisation_names) == {BRANCH}
    assert all(not control.details for control in gateway.explain(Question("deposit_balance")).controls)
    fresh = gateway.freshness()
    assert fresh is not None
    assert all(not control.details for control in fresh.controls)


def test_a_split_that_shows_other_organisations_is_refused_within_a_scope() -> None:
    from maisui.errors import QuestionError

    question = Question("transaction_count", by=("handling_organisation",))
    assert gateway_for(("bank_president", "")).ask(question).rows
    with pytest.raises(QuestionError):
        gateway_for(("branch_manager", BRANCH)).ask(question)


@pytest.mark.parametrize("role", [role.code for role in ROLES if Permission.FIGURE_VIEW not in role.permissions])
def test_administrators_see_no_figure(role: str) -> None:
    gateway = gateway_for((role, ""))
    assert gateway.catalogue() == ()
    assert gateway.organisations() == ()
    with pytest.raises(NotAllowedError):
        gateway.ask(Question("deposit_balance"))


# --- pages ---

ADDRESSES = (
    "/overview/", "/overview/?part=children", "/overview/?part=structure", "/overview/?part=organisations", "/overview/?part=explain&of=deposit_balance",
    "/overview/?period=year&compare=year_start", "/overview/?metric=npl_ratio&sort=name", "/overview/export.xlsx", "/jobs/", "/account/",
)  # fmt: skip


@pytest.mark.parametrize("role", ["branch_manager", "customer_manager", "teller"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Request-Type": "partial"}])
def test_no_page_of_one_branch_names_another(client: Client, role: str, headers: dict[str, str]) -> None:
    from maisui.web.staff.models import StaffUser

    assert StaffUser.objects.count() == 0
    sign_in(client, make_person("somebody", (role, BRANCH)))
    for address in ADDRESSES:
        answer = client.get(address, headers=headers)
        content = readable(b"".join(answer.streaming_content) if answer.streaming else answer.content)
        assert answer.status_code in (200, 403), address
        named = re.search(rf"(?<![\w-]){OTHER_BRANCH}(?![\w-])", content)
        assert named is None, f"{address} names {OTHER_BRANCH}"
        assert "Market Square" not in content


def readable(content: bytes) -> str:
    """Return what people read: the text of a page, or every cell of a workbook, whose bytes are packed."""
    if not content.startswith(b"PK"):
        return without_tokens(content).decode()
    book = load_workbook(io.BytesIO(content))
    return "\n".join(str(cell) for page in book.worksheets for row in page.iter_rows(values_only=True) for cell in row if cell is not None)


def test_the_workbook_of_the_whole_bank_names_every_branch(client: Client) -> None:
    """So that not finding a branch in a workbook means something."""
    sign_in(client, make_person("somebody", ("bank_president", "")))
    content = readable(client.get("/overview/export.xlsx").content)
    assert OTHER_BRANCH in content
    assert "Market Square" in content


def test_an_answer_is_kept_under_the_version_it_was_read_from() -> None:
    """A publication between two looks at the current version may not give an old name to new figures."""
    from maisui.web.answer_cache import AnswerCache
    from maisui.web.gateway import Gateway

    new = SimpleNamespace(manifest=SimpleNamespace(version="new"))
    bank = SimpleNamespace(version="old", home=SimpleNamespace(legal_entity_code=ENTITY), reader=lambda _version: nullcontext(new))
    cache = AnswerCache()
    gateway = Gateway(bank, Viewer("somebody", "某人", "", (("bank_president", ""),)), cache=cache)

    assert gateway.cached(("x",), lambda reader: reader.manifest.version) == "new"
    assert [key[0] for key in cache._found] == ["new"]


@pytest.mark.parametrize(
    "address", ["/overview/?org={}", "/overview/?org={}&part=children", "/overview/export.xlsx?org={}", "/overview/?org={}&part=explain"]
)
def test_an_organisation_out_of_sight_looks_like_one_that_does_not_exist(client: Client, address: str) -> None:
    sign_in(client, make_person("somebody", ("branch_manager", BRANCH)))
    hidden, absent = client.get(address.format(OTHER_BRANCH)), client.get(address.format("X9"))

    assert hidden.status_code == absent.status_code == 404
    assert without_tokens(hidden.content).replace(OTHER_BRANCH.encode(), b"X9") == without_tokens(absent.content)


def test_a_grant_that_ends_counts_at_the_next_request(client: Client) -> None:
    from django.utils import timezone

    person = make_person("somebody", ("branch_manager", BRANCH))
    sign_in(client, person)
    assert client.get("/overview/").status_code == 200
    person.user.grants.update(valid_until=timezone.localdate())
    assert client.get("/overview/").status_code == 403


@pytest.mark.parametrize(
    "payload",
    [
        "' OR 1=1--",
        "1; DROP TABLE account",
        "%27",
        "＇",
        "../../etc/passwd",
        "{{7*7}}",
        "\x00",
        "deposit_balance UNION SELECT 1",
        "9" * 400,
    ],
)
def test_no_parameter_reaches_the_engine_unread(client: Client, payload: str) -> None:
    sign_in(client, make_person("somebody", ("bank_president", "")))
    for name in ("org", "date", "period", "compare", "metric", "sort", "page", "columns", "part", "of", "density"):
        answer = client.get("/overview/", {name: payload})
        assert answer.status_code in (200, 400, 404), (name, answer.status_code)
        assert b"Traceback" not in answer.content
