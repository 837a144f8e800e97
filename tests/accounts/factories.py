from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory, Password

from apps.accounts.invitations import digest_of
from apps.accounts.models import Invitation, User
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
