from django.db import models


class DomainPace(models.Model):
    """How many mails in a row a domain has been handed, and when it got the last one."""

    domain = models.CharField(max_length=253, primary_key=True)
    taken = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"pace of {self.domain}"
