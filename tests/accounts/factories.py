from factory import Sequence, Trait
from factory.django import DjangoModelFactory, Password

from apps.accounts.models import User
from apps.accounts.roles import Role

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
