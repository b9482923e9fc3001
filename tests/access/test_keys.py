"""The home's keys: made once, refused when weak, replaced without losing what they sealed."""

from __future__ import annotations

import secrets
import stat
from pathlib import Path

import pytest
from web_home import browser_of, make_person

from maisui.errors import HomeError
from maisui.web.keys import make_keys, previous_keys, read_key


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    make_keys(tmp_path)
    first = {name: read_key(tmp_path, name) for name in ("secret", "audit")}
    make_keys(tmp_path)

    assert {name: read_key(tmp_path, name) for name in first} == first
    assert first["secret"] != first["audit"]
    assert all(len(key) >= 50 for key in first.values())
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in (tmp_path / "keys").iterdir())


@pytest.mark.parametrize("weak", ["", "short", "a" * 80, "django-insecure", "ab" * 40])
def test_a_weak_key_is_refused(tmp_path: Path, weak: str) -> None:
    make_keys(tmp_path)
    (tmp_path / "keys" / "secret").write_text(weak, encoding="ascii")
    with pytest.raises(HomeError, match="too weak"):
        read_key(tmp_path, "secret")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o666])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    make_keys(tmp_path)
    (tmp_path / "keys" / "audit").chmod(mode)
    with pytest.raises(HomeError, match="read by others"):
        read_key(tmp_path, "audit")


def test_a_missing_key_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="no usable keys"):
        read_key(tmp_path, "secret")
    make_keys(tmp_path)
    assert previous_keys(tmp_path, "secret") == []


@pytest.mark.django_db
def test_after_a_change_of_keys_secrets_open_and_sessions_do_not(settings) -> None:
    from maisui.web.staff.second_factor import SecondFactorAdapter

    person = make_person("somebody", ("bank_president", ""))
    client = browser_of(person)
    sealed = SecondFactorAdapter().encrypt("grain")
    assert client.get("/overview/").status_code == 200

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = secrets.token_urlsafe(64)

    assert SecondFactorAdapter().decrypt(sealed) == "grain"
    assert client.get("/overview/").status_code == 302
