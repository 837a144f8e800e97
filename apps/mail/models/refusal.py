from django.db import models

from apps.accounts.models import User
from apps.common.models import Row


class Refusal(Row):
    """A person does not want mails of one kind. Essential kinds cannot be refused.

    Asked when such a mail is queued and once more just before it leaves.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_refusals")
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="mail_refusal_once"),
        ]

    def __str__(self) -> str:
        return f"refusal {self.pk}"
