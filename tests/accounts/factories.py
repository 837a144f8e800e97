from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory, Password

from apps.accounts.invitations import digest_of
from apps.accounts.models import BreakGlass, Invitation, Session, User
from apps.accounts.roles import Role
from tests.clock import ago, ahead

PASSWORD = "a long walk by the river"


class UserFactory(DjangoModelFactory[User]):
    """Somebody who signs in with PASSWORD; without a trait they hold no role."""

    class Meta:
        model = User

    class Params:
        student = Trait(roles=[Role.STUDENT])
        student_worker = Trait(roles=[Role.STUDENT_WORKER])
        counselor = Trait(roles=[Role.COUNSELOR])
        administrator = Trait(roles=[Role.ADMINISTRATOR])

    email = Sequence(lambda n: f"user{n}@college.example")
    full_name = Sequence(lambda n: f"Zoë Account-{n}")
    password = Password(PASSWORD)


class InvitationFactory(DjangoModelFactory[Invitation]):
    """One that works. `token` may be chosen, for it is nowhere afterwards."""

    class Meta:
        model = Invitation

    class Params:
        token = Sequence(lambda n: f"an-invitation-for-nobody-else-{n:012}")
        used = Trait(used_at=LazyFunction(lambda: ago(hours=1)))
        revoked = Trait(revoked_at=LazyFunction(lambda: ago(hours=1)))
        ran_out = Trait(
            made_at=LazyFunction(lambda: ago(days=20)), expires_at=LazyFunction(lambda: ago(days=6))
        )

    user = SubFactory(UserFactory, student=True)
    by = SubFactory(UserFactory, counselor=True)
    address = SelfAttribute("user.email")
    token_digest = LazyAttribute(lambda invitation: digest_of(invitation.token))
    made_at = LazyFunction(lambda: ago(days=1))
    expires_at = LazyFunction(lambda: ahead(days=13))


class SessionFactory(DjangoModelFactory[Session]):
    class Meta:
        model = Session

    session_key = Sequence(lambda n: f"session-key-{n:020}")
    session_data = "nothing-that-opens"
    user = SubFactory(UserFactory)
    device = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    signed_in_at = LazyFunction(lambda: ago(hours=1))
    expire_date = LazyFunction(lambda: ahead(hours=11))


class BreakGlassFactory(DjangoModelFactory[BreakGlass]):
    """One that works. `token` may be chosen, for it is nowhere afterwards."""

    class Meta:
        model = BreakGlass

    class Params:
        token = Sequence(lambda n: f"broken-glass-for-nobody-else-{n:012}")

    user = SubFactory(UserFactory, administrator=True)
    reason = "Sign-on is down."
    token_digest = LazyAttribute(lambda glass: digest_of(glass.token))
    made_at = LazyFunction(lambda: ago(minutes=1))
    expires_at = LazyFunction(lambda: ahead(minutes=14))
