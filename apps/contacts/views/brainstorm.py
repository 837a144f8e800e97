from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.contacts.actions.brainstorm import keep_names
from apps.contacts.forms.brainstorm import BrainstormForm
from apps.contacts.models import Contact
from apps.contacts.prompts import AROUND_A_JOB, CIRCLES, PROMPTS, QUICK_START, Prompt
from apps.students.access import get_own_student
from apps.students.models import Student

NAMES_SHOWN = 12


@dataclass(frozen=True)
class Question:
    """A prompt with its field, who is on the list by it already, and the prompt that follows."""

    prompt: Prompt
    field: BoundField
    listed: list[str]
    next_key: str

    @property
    def shown(self) -> list[str]:
        return self.listed[-NAMES_SHOWN:]

    @property
    def more(self) -> int:
        return len(self.listed) - len(self.shown)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def contact_brainstorm(request: SignedInRequest) -> HttpResponse:
    """Ask whom one knows, prompt by prompt. Any button keeps every name typed so far."""
    student = get_own_student(request.user)
    form = BrainstormForm(request.POST or None)
    is_fragment = "HX-Request" in request.headers
    if request.method == "POST" and form.is_valid():
        new = keep_names(student=student, names=form.names(), now=timezone.now())
        words = ", ".join(contact.name for contact in new)
        words = f"On your list now: {words}." if new else "Nobody new. One name is enough."
        next_key = request.POST.get("next", "")
        if is_fragment:
            page = _page(student, BrainstormForm(), focus=next_key)
            return render(request, "contacts/_brainstorm.html", {**page, "news": words})
        messages.success(request, words)
        anchor = f"#{next_key}" if next_key in PROMPTS else ""
        return redirect(f"{reverse('contact_brainstorm')}{anchor}")
    template = "contacts/_brainstorm.html" if is_fragment else "contacts/brainstorm.html"
    return render(request, template, _page(student, form))


def _page(student: Student, form: BrainstormForm, focus: str = "") -> dict[str, Any]:
    if focus in form.fields:
        form.fields[focus].widget.attrs["autofocus"] = True
    listed = defaultdict(list)
    known_as = [prompt.known_as for prompt in PROMPTS.values()]
    contacts = Contact.objects.filter(student=student)
    named = contacts.filter(how_known__in=known_as).order_by("pk")
    for how_known, name in named.values_list("how_known", "name"):
        listed[how_known].append(name)
    following = dict(zip(PROMPTS, [*PROMPTS][1:], strict=False))
    questions = {
        key: Question(prompt, form[key], listed[prompt.known_as], following.get(key, ""))
        for key, prompt in PROMPTS.items()
    }
    return {
        "form": form,
        "circles": [questions[prompt.key] for prompt in CIRCLES],
        "around_a_job": [questions[prompt.key] for prompt in AROUND_A_JOB],
        "people": contacts.count(),
        "quick_start": QUICK_START,
    }
