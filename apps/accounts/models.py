from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from apps.accounts.roles import PERMISSIONS, Permission, Role
from apps.common.localtime import zone_names
from apps.common.models import Row


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who signs in. Without a password they set one by the reset mail."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator; what `manage.py createsuperuser` calls."""
        return self.create_user(email, password, roles=[Role.ADMINISTRATOR], **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, Row):
    """Anybody who signs in. The e-mail address is the login, in lower case.

    `full_name` is one free field, since names come in every shape and script; the parts are
    optional and serve greetings and sorting where a person has them.
    """

    email = models.EmailField(max_length=254, unique=True)
    full_name = models.CharField(max_length=200, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(
        max_length=64, blank=True, help_text="An IANA name; empty means the institution's zone."
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices), default=list, blank=True
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=Role.values),
                name="accounts_user_roles_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()
        if self.time_zone and self.time_zone not in zone_names():
            raise ValidationError(
                {"time_zone": f"{self.time_zone} is no time zone. Choose one like America/Chicago."}
            )

    @property
    def name(self) -> str:
        """The name to show: as given, else put together from its parts, else the address."""
        parts = f"{self.given_name} {self.family_name}".strip()
        return self.full_name or parts or self.email

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone or settings.INSTITUTION_TIME_ZONE)

    def has_role(self, role: Role) -> bool:
        return role in self.roles

    def may(self, permission: Permission) -> bool:
        """Return whether any of the person's roles grants `permission`."""
        return self.is_active and any(permission in PERMISSIONS[Role(role)] for role in self.roles)

    @property
    def is_staff_member(self) -> bool:
        return self.has_role(Role.COUNSELOR) or self.has_role(Role.ADMINISTRATOR)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Return those that were neither used nor taken back, whether or not they have run out."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)

    def usable(self, now: datetime) -> "InvitationQuerySet":
        """Return those by which somebody can still come in.

        One that went to an address which the person no longer has opens nothing, and neither does
        any once they have signed in some other way.
        """
        return self.open().filter(
            expires_at__gt=now,
            user__is_active=True,
            user__last_login__isnull=True,
            user__email=models.F("address"),
        )


class Invitation(Row):
    """A link by which somebody on a class list chooses a password and signs in for the first time.

    Only a digest of its token is kept: who reads the table can open nothing.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations_made"
    )
    address = models.EmailField(max_length=254, help_text="Where it was sent.")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="accounts_invitation_one_open_each",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="accounts_invitation_runs_out_later",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="accounts_invitation_used_or_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SessionQuerySet(models.QuerySet["Session"]):
    def alive(self, user: User, *, now: datetime) -> "SessionQuerySet":
        """Return where a person is signed in, the latest first."""
        return self.filter(user=user, expire_date__gt=now).order_by("-signed_in_at", "pk")


class Session(AbstractBaseSession):
    """What a browser's cookie stands for. It names its person, so that they can end it."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    device = models.CharField(max_length=200, blank=True, help_text="As the browser calls itself.")
    signed_in_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return "session"


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def usable(self, now: datetime) -> "BreakGlassQuerySet":
        return self.filter(
            used_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=now,
            user__is_active=True,
            user__roles__contains=[Role.ADMINISTRATOR],
        )


class BreakGlass(Row):
    """A way in for one administrator, once and for minutes, on a day when sign-on is down."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="glass_broken")
    reason = models.CharField(max_length=200)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="accounts_breakglass_runs_out_later",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="accounts_breakglass_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"break-glass {self.pk}"
