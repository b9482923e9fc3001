"""Users, the roles they were granted and for how long, tokens of programs, and passwords that may not come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac


class StaffUserManager(BaseUserManager["StaffUser"]):
    """Finds users by their sign-in name, whatever the case of its letters."""

    def get_by_natural_key(self, username: str | None) -> StaffUser:
        """Return the user of that name."""
        return self.get(username=(username or "").strip().lower())


class StaffUser(AbstractBaseUser):
    """Somebody of the bank who may sign in; never deleted, only disabled."""

    username = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=64)
    employee_number = models.CharField(max_length=32, blank=True, default="")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    temporary_until = models.DateTimeField(null=True, blank=True)
    password_set_at = models.DateTimeField(null=True, blank=True)
    access_stamp = models.PositiveIntegerField(default=0)
    signed_in_at = models.DateTimeField(null=True, blank=True)
    signed_in_from = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=64, blank=True, default="")
    disabled_at = models.DateTimeField(null=True, blank=True)
    last_login = None  # type: ignore[assignment] - signed_in_at and signed_in_from say more

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[StaffUserManager] = StaffUserManager()

    class Meta:
        """Users by name."""

        db_table = "staff_user"
        ordering: ClassVar[list[str]] = ["username"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["employee_number"], condition=~models.Q(employee_number=""), name="one_user_an_employee"),
        ]

    def __str__(self) -> str:
        """Return sign-in name and name."""
        return f"{self.username} {self.name}"

    def set_password(self, raw_password: str | None) -> None:
        """Keep the hash of a new password and the moment it was set."""
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to stay valid: it changes with the password and with every change of rights."""
        return self._stamped()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        return self._stamped(secret)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return nothing: a session made under a replaced key is over."""
        return iter(())

    def _stamped(self, secret: str | None = None) -> str:
        value = f"{self.password}|{self.access_stamp}"
        return salted_hmac("maisui.staff.session", value, secret=secret, algorithm="sha256").hexdigest()

    def end_all_sessions(self) -> None:
        """Make every session of this user invalid from the next request on; the caller saves."""
        self.access_stamp += 1

    def may_sign_in(self, now: datetime) -> bool:
        """Tell whether he may sign in and stay signed in: not disabled, and no temporary password that has run out."""
        return self.is_active and not (self.must_change_password and self.temporary_until is not None and self.temporary_until <= now)


class RoleGrant(models.Model):
    """A role that a user holds for one organisation subtree ("" is the whole entity) from a day until a day, exclusive."""

    user = models.ForeignKey(StaffUser, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    legal_entity_code = models.CharField(max_length=64)
    organisation_code = models.CharField(max_length=64, blank=True, default="")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=64)
    granted_at = models.DateTimeField(default=timezone.now)
    ended_by = models.CharField(max_length=64, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[models.Manager[RoleGrant]] = models.Manager()

    class Meta:
        """Grants as they were made."""

        db_table = "staff_role_grant"
        ordering: ClassVar[list[str]] = ["valid_from", "id"]

    def __str__(self) -> str:
        """Return role, organisation and days."""
        return f"{self.role} {self.organisation_code or '*'} {self.valid_from}…{self.valid_until or ''}"

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the role is held on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class ApiToken(models.Model):
    """A token a user gave to a program: its hash, what it may do, and until when."""

    user = models.ForeignKey(StaffUser, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[models.Manager[ApiToken]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "staff_api_token"
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        """Return name and hint."""
        return f"{self.name} …{self.hint}"

    def is_valid(self, now: datetime) -> bool:
        """Tell whether the token still opens the interface."""
        return self.revoked_at is None and now < self.expires_at


class PastPassword(models.Model):
    """The hash of a password a user once had; the last five may not be used again."""

    user = models.ForeignKey(StaffUser, on_delete=models.CASCADE, related_name="past_passwords")
    encoded = models.CharField(max_length=256)
    set_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[PastPassword]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "staff_past_password"
        ordering: ClassVar[list[str]] = ["-set_at", "-id"]

    def __str__(self) -> str:
        """Return whose it was, never what."""
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"
