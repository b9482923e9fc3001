"""The home's keys: made once, kept in files only their owner may read, refused when weak."""

from __future__ import annotations

import secrets
from pathlib import Path

from maisui.errors import HomeError

NAMES = ("secret", "audit")
_LEAST_CHARACTERS = 50
_LEAST_DIFFERENT = 20


def make_keys(home: Path) -> None:
    """Make each key the home does not have yet; an existing one is never touched."""
    folder = home / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in NAMES:
        try:
            with (folder / name).open("x", encoding="ascii") as file:
                (folder / name).chmod(0o600)
                file.write(secrets.token_urlsafe(64))
        except FileExistsError:
            continue


def previous_keys(home: Path, name: str) -> list[str]:
    """Return the key that `name` replaced, if it was kept as `<name>.previous`: what it sealed still opens.

    Raises:
        HomeError: as `read_key` does.
    """
    kept = f"{name}.previous"
    return [read_key(home, kept)] if (home / "keys" / kept).exists() else []


def read_key(home: Path, name: str) -> str:
    """Return a key of the home.

    Raises:
        HomeError: when it is missing, short, of few different characters, or readable by others.
    """
    path = home / "keys" / name
    try:
        key, mode = path.read_text(encoding="ascii").strip(), path.stat().st_mode
    except (OSError, UnicodeDecodeError):
        raise HomeError(
            "this home has no usable keys yet", where=str(path), next_step="run `maisui doctor --repair`, which makes them"
        ) from None
    if mode & 0o077:
        raise HomeError("a key may be read by others", where=str(path), next_step=f"chmod 600 {path}")
    if len(key) < _LEAST_CHARACTERS or len(set(key)) < _LEAST_DIFFERENT:
        raise HomeError(
            "a key is too weak", where=str(path), next_step="delete the file and run `maisui doctor --repair`; everyone signs in anew"
        )
    return key
