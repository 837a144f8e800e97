from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class SendingPause(models.Model):
    """While this row stands, no mail leaves. There is one row or none.

    A restored database believes that mails are unsent which have left since the backup was made,
    so a restore writes this row, and somebody decides about them.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="mail_sendingpause_is_the_only_one")
        ]

    def __str__(self) -> str:
        return f"sending paused since {self.since}"
