"""The REST interface under drawn requests: whoever asks, it never breaks, and every answer is one its description promises."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import AnalysisConfig, ConstantsConfig, GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import content_type_conformance, ignored_auth, response_schema_conformance, status_code_conformance
from web_home import BRANCH, HEAD, OTHER_BRANCH, make_person, token_of

from maisui.answers import CATALOGUE, Comparison, Period

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance, ignored_auth]
HOLDINGS = {"president": ("bank_president", ""), "manager": ("branch_manager", BRANCH), "stranger": None}
OPERATIONS = 7
EXAMPLES, MANY = 20, 300
MEANT = {
    "code": [metric.code for metric in CATALOGUE],
    "org": [HEAD, BRANCH, OTHER_BRANCH, "B9"],
    "date": ["2026-03-31", "2026-02-28", "0001-01-01", "9999-12-31"],
    "by": [[], ["child"], ["organisation"], ["channel"], ["organisation", "currency"], ["child", "child"]],
    "months": ["1", "13", "120"],
    "period": [period.value for period in Period],
    "compare": [comparison.value for comparison in Comparison],
}
"""Values that reach the engine, which drawn text alone would hardly hit."""


@cache
def interface() -> Any:
    """Return the interface as its own description tells it, called within this process."""
    from maisui.web.api import api

    project = ProjectConfig(
        generation=GenerationConfig(deterministic=True, with_security_parameters=False),
        analysis=AnalysisConfig(constants=ConstantsConfig(enabled=False)),  # they depend on what else is loaded
    )
    config = SchemathesisConfig(projects=ProjectsConfig(default=project))
    schema = schemathesis.openapi.from_dict(deepcopy(dict(api.get_openapi_schema(path_prefix="/api/"))), config=config)
    schema.app = get_wsgi_application()
    return schema


def operations() -> list[Any]:
    """Return every operation of the description."""
    return [found.ok() for found in interface().get_all_operations()]


def drawn(operation: Any) -> st.SearchStrategy[tuple[Any, dict[str, Any]]]:
    """Return requests as the description allows them and as it does not, some with meant values in the place of drawn ones."""
    cases = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )
    return st.tuples(cases, st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in MEANT.items()}))


def put_in(case: Any, meant: dict[str, Any]) -> None:
    """Put meant values in the places of the request that bear their names."""
    named = {parameter.name for parameter in case.operation.query}
    for name, value in meant.items():
        if name in (case.path_parameters or {}):
            case.path_parameters[name] = value
        elif name in named:
            case.query = {**(case.query or {}), name: value}


def ask_all(who: str, examples: int) -> dict[int, int]:
    """Send that many drawn requests to each operation as `who` and return how often each status was the answer."""
    holding, statuses = HOLDINGS[who], dict[int, int]()
    headers = {"Accept-Encoding": "identity"} | (
        {"Authorization": f"Bearer {token_of(make_person('program', holding).user)}"} if holding else {}
    )
    found = operations()
    assert len(found) >= OPERATIONS
    for operation in found:

        @settings(max_examples=examples, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
        @given(drawn(operation))
        def ask(asked: tuple[Any, dict[str, Any]]) -> None:
            case, meant = asked
            put_in(case, meant)
            answer = case.call_and_validate(headers=headers, checks=CHECKS)
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1

        ask()
    return statuses


def check(who: str, examples: int) -> None:
    """Ask as `who`; the answers must be those of somebody who was let in, or of a stranger."""
    statuses = ask_all(who, examples)
    if who == "stranger":
        assert set(statuses) <= {401, 404}
        assert statuses[401] > examples
    else:
        assert 401 not in statuses
        assert statuses[200] > examples
        assert {400, 404, 422} <= set(statuses)


@pytest.mark.parametrize("who", HOLDINGS)
def test_every_answer_is_one_the_description_promises(who: str) -> None:
    check(who, EXAMPLES)


@pytest.mark.long
@pytest.mark.parametrize("who", HOLDINGS)
def test_every_answer_to_many_requests_is_one_the_description_promises(who: str) -> None:
    check(who, MANY)
