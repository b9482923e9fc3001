"""What a password must be: three of four classes of characters, none of the last five, renewed after 90 days."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from maisui.web.staff.models import PastPassword, StaffUser
from maisui.web.text import Text

RENEWED_AFTER = timedelta(days=90)
REMEMBERED = 5
_LEAST_CLASSES = 3
_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_DIGITS = "23456789"
_SIGNS = "#%+=@!"


class CharacterClasses:
    """Asks for three of: capitals, small letters, digits, other characters."""

    def validate(self, password: str, user: StaffUser | None = None) -> None:
        """Refuse a password of fewer classes.

        Raises:
            ValidationError: when it has fewer than three.
        """
        del user
        found = (
            any(letter.isupper() for letter in password),
            any(letter.islower() for letter in password),
            any(letter.isdigit() for letter in password),
            any(not letter.isalnum() for letter in password),
        )
        if sum(found) < _LEAST_CLASSES:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        """Return the rule in the active language."""
        return str(
            Text(
                "口令须含大写字母、小写字母、数字、符号四类中的至少三类。",
                "The password needs three of the four: capital letters, small letters, digits, signs.",
            )
        )


class NotUsedBefore:
    """Refuses the last five passwords of the same user."""

    def validate(self, password: str, user: StaffUser | None = None) -> None:
        """Refuse a password that is still remembered.

        Raises:
            ValidationError: when it is one of the last five.
        """
        if user is None or user.pk is None:
            return
        remembered = PastPassword.objects.filter(user=user)[:REMEMBERED]
        if any(check_password(password, past.encoded) for past in remembered):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: StaffUser | None = None) -> None:
        """Remember the new password's hash and forget those older than the last five."""
        del password
        if user is None:
            return
        PastPassword.objects.create(user=user, encoded=user.password)
        kept = list(PastPassword.objects.filter(user=user).values_list("pk", flat=True)[:REMEMBERED])
        PastPassword.objects.filter(user=user).exclude(pk__in=kept).delete()

    def get_help_text(self) -> str:
        """Return the rule in the active language."""
        return str(Text("不得使用最近五次用过的口令。", "The last five passwords may not be used again."))


def must_change(user: StaffUser, now: datetime) -> bool:
    """Tell whether `user` must choose a new password before anything else: it is temporary, or 90 days old."""
    return user.must_change_password or user.password_set_at is None or user.password_set_at + RENEWED_AFTER <= now


def random_password() -> str:
    """Return a password that meets the rules, without letters that are taken for one another."""
    drawn = [secrets.choice(kind) for kind in (_LETTERS, _LETTERS.upper().replace("O", ""), _DIGITS, _SIGNS)]
    drawn += [secrets.choice(_LETTERS + _DIGITS) for _ in range(12)]
    secrets.SystemRandom().shuffle(drawn)
    return "".join(drawn)
