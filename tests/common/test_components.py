"""The pieces that pages are put together from, and the frame around every page."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template, render_to_string

from apps.common.templatetags.icons import ICONS, icon

ROOT = Path(settings.BASE_DIR)
LIBRARIES = "{% load components icons figures charts crispy_forms_tags %}"


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    icon: str
    is_current: bool = False


@dataclass(frozen=True)
class Person:
    name: str
    is_authenticated: bool = True


class MeetingForm(forms.Form):
    person = forms.CharField(label="Person", help_text="As they like to be called.")
    place = forms.CharField(label="Place", required=False)
    kind = forms.ChoiceField(
        label="Kind", widget=forms.RadioSelect, choices=[("video", "Video"), ("phone", "Phone")]
    )
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("You have met this person <today>.")


def render(source, **context):
    return Template(LIBRARIES + source).render(Context(context))


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(*, is_staff=False, name="Amara Okafor", **context):
    nav = [Link("Today", "/today/", "sun", is_current=True), Link("People", "/people/", "users")]
    given = {
        "user": Person(name),
        "nav": nav,
        "is_staff_role": is_staff,
        "institution_name": "Hartwell Career Center",
        "csrf_token": "a-token",
    }
    return render_to_string("base.html", given | context)


# The frame


def test_draws_a_page_for_somebody_who_is_not_signed_in():
    html = render_to_string("base.html", {"institution_name": "Hartwell Career Center"})

    assert 'href="#main"' in html
    assert '<main id="main"' in html
    assert "Hartwell Career Center" in text_of(html)
    assert "Sign out" not in html
    assert "<nav" not in html
    assert "csrf" not in html.lower()


def test_gives_students_a_tab_bar_and_no_menu_button():
    html = page()

    assert 'class="has-tabs"' in html
    assert 'class="ch-tabs"' in html
    assert 'aria-label="Menu"' not in html
    assert html.count('aria-current="page"') == 2  # in the header and in the tab bar


def test_gives_staff_a_menu_button_and_no_tab_bar():
    html = page(is_staff=True)

    assert 'aria-label="Menu"' in html
    assert "has-tabs" not in html
    assert "ch-tabs" not in html


def test_signs_out_by_a_form_only():
    form = re.search(r'<form method="post" action="([^"]+)">(.*?)</form>', page(), re.DOTALL)

    assert form.group(1) == "/accounts/logout/"
    assert 'value="a-token"' in form.group(2)
    assert "Sign out" in form.group(2)


def test_sends_the_csrf_token_with_every_htmx_request():
    assert """hx-headers='{"X-CSRFToken": "a-token"}'""" in page()


def test_escapes_a_hostile_name_in_the_menu():
    assert "<script>alert" not in page(name="<script>alert(1)</script>")


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_draws_an_error_page_without_any_context(code):
    html = get_template(f"{code}.html").render()

    assert re.search(r'<h1 class="ch-title">\w+', html)
    assert 'href="/"' in html


def test_needs_no_exception_from_the_content_policy():
    """No inline style, script or handler in any template. Data for a script is none."""
    templates = ROOT / "templates"
    mail = {"email", "emails", "mail"}  # has no stylesheet to load and is not a page
    pages = [p for p in templates.rglob("*.html") if not mail & set(p.relative_to(templates).parts)]
    pattern = re.compile(
        r"""\sstyle=|<style|\son[a-z]+=["']|<script(?![^>]*\s(?:src=|type="application/json"))|javascript:"""
    )

    assert pages
    assert [str(path) for path in pages if pattern.search(path.read_text())] == []


def test_loads_the_assets_of_every_page_from_this_site():
    html = render_to_string("components/_assets.html")
    addresses = re.findall(r'(?:href|src)="([^"]+)"', html)

    assert all(address.startswith(settings.STATIC_URL) for address in addresses)
    assert len(addresses) <= 9  # with the page itself at most ten requests


def test_defines_every_class_of_ours_that_a_template_uses():
    used = set()
    for path in (ROOT / "templates").rglob("*.html"):
        used |= set(re.findall(r"\bch-[a-z0-9-]+\b(?!-)", path.read_text()))
    styles = "".join(path.read_text() for path in (ROOT / "static/css").glob("*.css"))

    assert used - set(re.findall(r"\.(ch-[a-z0-9-]+)", styles)) == set()


# Icons


@pytest.mark.parametrize("name", ICONS)
def test_has_a_drawing_for_each_icon_and_hides_it_from_readers(name):
    svg = icon(name)

    assert svg.startswith("<svg")
    assert 'aria-hidden="true"' in svg
    assert 'class="ch-icon"' in svg


def test_sizes_an_icon_by_class():
    assert 'class="ch-icon ch-icon-lg"' in icon("clock", "lg")


def test_names_the_known_icons_when_one_is_missing():
    with pytest.raises(TemplateSyntaxError, match=r"No icon 'rocket'.*clock"):
        icon("rocket")


# Pieces


@pytest.mark.parametrize("tone", ["plain", "soon", "late", "good"])
def test_draws_a_banner_with_an_icon_beside_its_color(tone):
    html = render("{% banner tone %}<p>Saved.</p>{% endbanner %}", tone=tone)

    assert f'class="ch-banner {tone}"' in html
    assert "<svg" in html
    assert "<p>Saved.</p>" in html
    assert "role=" not in html


def test_announces_a_banner_when_it_is_asked_to():
    html = render('{% banner "good" role="status" %}{{ words }}{% endbanner %}', words="<b>")

    assert 'role="status"' in html
    assert "&lt;b&gt;" in html


def test_heads_a_section_with_a_link_or_else_a_note():
    linked = render('{% section_head "Next" id="n" url="/x/" link="All" note="3" %}')
    noted = render('{% section_head title id="n" note="3 people" %}', title="<Next>")

    assert '<h2 id="n">Next</h2>' in linked
    assert '<a class="ch-quiet-link ch-small" href="/x/">All</a>' in linked
    assert "&lt;Next&gt;" in noted
    assert text_of(noted) == "&lt;Next&gt; 3 people"


def test_heads_an_empty_state_at_the_level_of_its_place():
    html = render('{% empty_state "Nobody yet" level=2 %}<p>Write.</p>{% endempty_state %}')

    assert "<h2>Nobody yet</h2><p>Write.</p>" in html


def test_marks_the_step_that_is_now_and_those_that_are_done():
    html = render('{% stepper 2 "Choose" "Check" "Import" label="Steps" %}')

    assert text_of(html) == "Choose , done 2 Check 3 Import"
    assert html.count('aria-current="step"') == 1


def test_says_how_far_a_task_is_also_in_words():
    assert 'max="85" value="60" aria-label="Rows, 60 of 85"' in render(
        '{% progress 60 of=85 label="Rows" %}'
    )
    assert 'max="1" value="0"' in render('{% progress 0 of=0 label="Rows" %}')


@pytest.mark.parametrize(
    ("state", "has_icon"), [("soon", True), ("late", True), ("done", True), ("later", False)]
)
def test_never_says_that_something_is_due_by_color_alone(state, has_icon):
    html = render("{% due_status state words %}", state=state, words="Tomorrow")

    assert text_of(html) == "Tomorrow"
    assert ("<svg" in html) is has_icon


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{% hidden_cell %}", "&lt; 10 hidden"),
        ("{% hidden_cell threshold=15 %}", "&lt; 15 hidden"),
        ('{% hidden_cell "protects" %}', "hidden, protects a cell"),
        ('{% hidden_cell "follows" %}', "hidden"),
    ],
)
def test_says_why_a_cell_is_hidden(tag, words):
    assert render(tag) == f'<span class="ch-hidden">{words}</span>'


def test_draws_a_dot_for_each_step_and_a_ring_for_now():
    states = re.findall(r'class="(done|now|todo)"', render("{% pips 3 of=6 %}"))

    assert states == ["done", "done", "now", "todo", "todo", "todo"]


def test_fills_as_many_blocks_as_are_done():
    html = render("{% blocks 1 of=3 %}")

    assert (html.count("<i"), html.count('class="on"')) == (3, 1)


# Forms


def test_lists_every_problem_at_the_head_of_a_form_with_a_way_to_its_field():
    html = render("{{ form|crispy }}", form=MeetingForm({"place": "Quay Street"}))
    summary = html[: html.index("</ul>")]

    assert 'role="alert"' in summary
    assert "autofocus" in summary
    assert "4 things need another look." in summary
    assert "You have met this person &lt;today&gt;." in summary
    assert '<a href="#id_person">Person</a>: This field is required.' in summary
    assert '<a href="#div_id_kind">Kind</a>' in summary
    assert "Token: This field is required." in summary
    assert 'id="div_id_kind"' in html


def test_ties_help_and_error_to_their_field():
    html = render("{{ form|crispy }}", form=MeetingForm({}))
    person = re.search(r'<input[^>]+name="person"[^>]*>', html).group()

    assert 'aria-invalid="true"' in person
    described_by = re.search(r'aria-describedby="([^"]+)"', person).group(1).split()
    assert described_by == ["id_person_helptext", "id_person_error"]
    assert all(f'id="{name}"' in html for name in described_by)


def test_names_a_single_problem_without_counting_it():
    html = render(
        "{{ form|crispy }}", form=MeetingForm({"person": "a", "kind": "video", "token": "t"})
    )

    assert text_of(html[: html.index("</ul>")]) == "You have met this person &lt;today&gt;."


def test_shows_no_summary_on_a_fresh_form():
    assert "ch-banner" not in render("{{ form|crispy }}", form=MeetingForm())


def test_renames_the_fields_of_another_form_also_in_its_list_of_problems():
    form = MeetingForm({})
    form.fields["person"].widget.attrs["placeholder"] = "Name"

    html = render('{% relabel form person="Whom" %}{{ form|crispy }}', form=form)

    assert '<a href="#id_person">Whom</a>' in html
    assert re.search(r'<label\s+for="id_person"[^>]*>\s*Whom', html)
    assert "placeholder" not in html
