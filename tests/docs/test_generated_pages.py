"""What is made from the code is what the code gives today."""

from __future__ import annotations

from pathlib import Path

import pytest
from write_golden import PAGES, REGIONS, ROOT, expected_pages


@pytest.fixture(scope="module")
def expected() -> dict[Path, str]:
    """Return every generated page as the code gives it."""
    return expected_pages()


@pytest.mark.parametrize("name", sorted({*PAGES, *(page for page, _ in REGIONS)}))
def test_a_generated_page_is_what_the_code_gives(name: str, expected: dict[Path, str]) -> None:
    path = ROOT / name
    assert path.exists(), f"{name} is missing: run `make golden`"
    assert path.read_text(encoding="utf-8") == expected[path], (
        f"{name} is not what the code gives: run `make golden` and look at the difference"
    )


def test_every_page_of_the_reference_is_generated() -> None:
    written = {str(path.relative_to(ROOT)) for path in (ROOT / "docs/reference").glob("*.md")}
    assert written == set(PAGES), "docs/reference holds only generated pages; written ones belong into docs/how-to"
