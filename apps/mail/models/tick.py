from django.db import models

from apps.common.models import one_of


class TickSource(models.TextChoices):
    BEAT = "beat", "The scheduler, through the broker and a worker"
    LOOP = "loop", "The sender that needs no broker"


class Tick(models.Model):
    """When a part of the machinery last showed that it is alive."""

    source = models.CharField(max_length=10, choices=TickSource, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [one_of("source", TickSource, table="mail_tick")]

    def __str__(self) -> str:
        return f"tick of {self.source}"
