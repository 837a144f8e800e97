"""What a person should know about their own address."""

from datetime import datetime
from typing import NamedTuple

from django import template
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Lower, Trim

from apps.accounts.models import User
from apps.common.prepared import Prepared
from apps.mail.models import Suppression

register = template.Library()


class Trouble(NamedTuple):
    """Mail comes back, until some moment or for good."""

    until: datetime | None


def _untils(key: int, _: object) -> QuerySet[Suppression, tuple[datetime | None]]:
    address = User.objects.filter(pk=key).values_list(Lower(Trim("email")))
    return Suppression.objects.in_force().filter(address=Subquery(address)).values_list("until")


_untils_of = Prepared(_untils)


@register.inclusion_tag("mail/_address_trouble.html")
def address_trouble(user: User) -> dict[str, Trouble | None]:
    """Tell the person that mail to their address comes back, if it does."""
    return {"trouble": next((Trouble(*row) for row in _untils_of.rows(user.pk)), None)}
