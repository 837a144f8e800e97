"""What a person should know about their own address."""

from django import template

from apps.accounts.models import User
from apps.mail.models import Suppression, lower

register = template.Library()


@register.inclusion_tag("mail/_address_trouble.html")
def address_trouble(user: User) -> dict[str, Suppression | None]:
    """Tell the person that mail to their address comes back, if it does."""
    return {"trouble": Suppression.objects.in_force().filter(address=lower(user.email)).first()}
