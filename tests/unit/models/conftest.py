from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parent))


@pytest.fixture(scope="session")
def bank() -> Any:
    from drawn_bank import DrawnBank

    return DrawnBank()


@pytest.fixture(scope="session")
def trained(bank: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
    pytest.importorskip("lightgbm", reason="model libraries are not installed: make setup-models")
    from drawn_bank import DATA

    from maisui.models import CHURN
    from maisui.models.fit import train

    return train(bank, CHURN, DATA)
