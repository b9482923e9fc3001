"""Models speak of what a batch published; whatever fails there is told, and touches no publication."""

from __future__ import annotations

import json
from pathlib import Path

from example_home import tell
from integration.conftest import Waiting

from maisui.models.runs import Outcome, read_run


def test_a_batch_is_published_and_scored_though_one_model_cannot_be_read(mini: Waiting, folder: Path, monkeypatch) -> None:
    home = mini.copy(folder / "home")
    text = (home / "bank.toml").read_text(encoding="utf-8")
    (home / "bank.toml").write_text(text.replace("models = false", "models = true"), encoding="utf-8")
    damaged = home / "models" / "churn" / ("a" * 64)
    damaged.mkdir(parents=True)
    (damaged / "card.json").write_text("{}", encoding="utf-8")

    told = tell("run", "--date", mini.day.isoformat(), "--json", "--home", str(home))

    assert told.code == 0, told.err
    said = json.loads(told.out)
    assert (said["version"], [one["model"] for one in said["models_failed"]]) == (mini.after, ["churn"])
    run = read_run(home, mini.after)
    assert run is not None
    outcomes = {line.code: line.outcome for line in run.lines}
    assert set(outcomes.values()) == {Outcome.DONE}, "by its rule the model speaks all the same"
    assert {"churn", "credit", "value", "identity", "forecast"} <= set(outcomes)
    assert (run.failed[0].where, run.failed[0].what) == ("a" * 64, "trained models that are not as they were written are left out (1)")
    assert "restore them from a backup" in run.failed[0].next_step

    (damaged / "card.json").unlink()
    again = tell("run", "--date", mini.day.isoformat(), "--home", str(home))
    assert again.code == 0
    assert "churn" not in again.out
    later = read_run(home, mini.after)
    assert later is not None
    assert {line.code: line.outcome for line in later.lines} == dict.fromkeys(outcomes, Outcome.AS_BEFORE)
    assert later.failed == ()

    monkeypatch.setattr("maisui.models.scores.__version__", "0.0.9")
    assert tell("run", "--date", mini.day.isoformat(), "--home", str(home)).code == 0
    upgraded = read_run(home, mini.after)
    assert upgraded is not None
    anew = {line.code for line in upgraded.lines if line.outcome is Outcome.DONE}
    assert {"churn", "credit", "value", "identity"} <= anew, "another release says it in its own words"
    assert not anew & {"forecast", "cash"}, "whose words are not kept"
