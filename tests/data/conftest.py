"""Where the real data lie: beside the project, or where MAISUI_SHARED says."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = Path(os.environ.get("MAISUI_SHARED", Path(__file__).parents[3] / "shared")) / "data"
    assert folder.is_dir(), f"the real data are missing: {folder}; set MAISUI_SHARED to the folder that holds data/"
    return folder
