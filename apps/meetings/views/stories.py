from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, requires
from apps.accounts.roles import Permission
from apps.common.localtime import local_date
from apps.meetings.access import get_story_for_edit
from apps.meetings.actions import stories as actions
from apps.meetings.forms.story import ShareForm, StoryForm
from apps.meetings.models import Story, Telling
from apps.students.access import get_own_student

STORIES_A_PAGE = 30


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def stories(request: SignedInRequest) -> HttpResponse:
    """The student's stories, with whom they told each; a new one is written on the spot."""
    student = get_own_student(request.user)
    form = StoryForm(request.POST or None, instance=Story(student=student))
    if request.method == "POST" and form.is_valid():
        actions.write_story(student=student, details=form.cleaned_data)
        messages.success(request, "Your story is in the bank. It is yours alone.")
        return redirect("stories")
    tellings = Telling.objects.select_related("meeting__contact").order_by("-meeting__starts_at")
    own = (
        Story.objects.filter(student=student)
        .select_related("heard_in__contact")
        .prefetch_related(Prefetch("tellings", queryset=tellings))
        .order_by("-created_at", "-pk")
    )
    page = Paginator(own, STORIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "meetings/stories.html", {"form": form, "page": page})


@requires(Permission.KEEP_OWN_JOURNAL)
@require_http_methods(["GET", "POST"])
def story_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """One story: its words, whom it was told, and whether the class reads it."""
    story = get_story_for_edit(request.user, pk)
    form = StoryForm(request.POST or None, instance=story)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_story(story=story, details=form.cleaned_data)
        except actions.StoryRefused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Saved.")
            return redirect("stories")
    return _show(request, pk, form=form)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def story_share(request: SignedInRequest, pk: int) -> HttpResponse:
    story = get_story_for_edit(request.user, pk)
    share = ShareForm(request.POST, story=story)
    if share.is_valid():
        try:
            actions.share_story(
                story=story,
                names_contact=share.cleaned_data.get("names_contact", False),
                is_signed=share.cleaned_data["is_signed"],
                now=timezone.now(),
            )
        except actions.StoryRefused as reason:
            share.add_error(None, str(reason))
        else:
            messages.success(request, "Your class can read it now. You can take it back any time.")
            return redirect("story_edit", pk=pk)
    return _show(request, pk, share=share)


def _show(
    request: SignedInRequest,
    pk: int,
    *,
    form: StoryForm | None = None,
    share: ShareForm | None = None,
) -> HttpResponse:
    story = get_story_for_edit(request.user, pk)  # a form writes into the one that it was given
    context = {
        "story": story,
        "form": form or StoryForm(instance=get_story_for_edit(request.user, pk)),
        "share": share or ShareForm(story=story),
        "tellings": Telling.objects.filter(story=story)
        .select_related("meeting__contact")
        .order_by("-meeting__starts_at"),
    }
    return render(request, "meetings/story_form.html", context)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def story_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.withdraw_story(story=get_story_for_edit(request.user, pk))
    messages.success(request, "Your class does not see it any more.")
    return redirect("story_edit", pk=pk)


@requires(Permission.KEEP_OWN_JOURNAL)
@require_POST
def story_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.remove_story(story=get_story_for_edit(request.user, pk))
    messages.success(request, "The story is gone.")
    return redirect("stories")


@requires(Permission.READ_CLASS_STORIES)
@require_safe
def class_stories(request: SignedInRequest) -> HttpResponse:
    """What students of one's classes have shared, the newest first."""
    today = local_date(timezone.now(), request.user.zone)
    shared = (
        Story.objects.visible_to(request.user, today)
        .select_related("student", "heard_in__contact")
        .order_by("-shared_at", "-pk")
    )
    page = Paginator(shared, STORIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "meetings/class_stories.html", {"page": page})
