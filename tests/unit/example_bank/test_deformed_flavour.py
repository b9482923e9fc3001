"""The deformed flavour: nobody can read who a customer is, equal certificates stay equal, and identity comes beside it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from maisui.example_bank import simulate
from maisui.example_bank.deformation import deformed_names, deformed_numbers
from maisui.intake.certificates import resident_number_holds


def test_equal_numbers_stay_equal_and_others_differ() -> None:
    numbers = ["539901199104288562", "539901199104288663", "539901199104288562", "53990119910428857X"]
    deformed = deformed_numbers(pa.array(numbers)).to_pylist()
    assert deformed[0] == deformed[2]
    assert len(set(deformed)) == 3
    assert all(len(number) == 18 and number not in numbers for number in deformed)
    assert deformed_names(pa.array(["谢娟海", "谢娟"])).to_pylist() == ["谢某某", "谢某某"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one month of the test bank, deformed."""
    out = tmp_path_factory.mktemp("deformed")
    simulate(scale="test", seed=1, months=1, out=out, deformed=True)
    return out


def test_no_certificate_of_a_person_can_be_read_in_east(folder: Path) -> None:
    (path,) = (folder / "inbox" / "east5").glob("*-GRJCXXB-20261031.txt")
    numbers = [line.split("\x01")[6] for line in path.read_text(encoding="utf-8").splitlines()]
    (identities,) = (folder / "inbox" / "supplement").glob("*-customer_identity-20261031.csv")
    lines = [line.replace('"', "").split(",") for line in identities.read_text(encoding="utf-8").splitlines()[1:]]
    real = [line[3] for line in lines if line[2] == "居民身份证"]
    assert not set(numbers) & set(real)
    assert all(resident_number_holds(real))
    assert len(numbers) > 1_000
