"""How many of the people who were asked in a term replied, by what may go with it.

The unit is a contact who was asked in the window of the term, by students enrolled on census; they
replied if a note of the window was answered within it. By channel and by template a contact counts
wherever such a note went to them, with the answers to such notes only. No student is named, and
small groups are shown: this is for the office. The groups differ in other ways too, so the rates
are associations.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from apps.common.charts import IntervalRow, IntervalRows
from apps.common.proportion import Proportion, proportion
from apps.contacts.models import Closeness, Seniority
from apps.metrics.facts import one_instant, window_of
from apps.outreach.models import Attempt, Channel
from apps.students.models import Cohort, Enrolment, Term

NOT_SAID = "Not said"
VERSION = ("template_version__template__name", "template_version__number")


@dataclass(frozen=True)
class ReplyRates:
    overall: Proportion
    channels: IntervalRows
    versions: IntervalRows
    closeness: IntervalRows
    seniority: IntervalRows


def reply_rates(term: Term, cohort: Cohort | None = None) -> ReplyRates:
    """Return the rates of a whole term, or of one of its cohorts, in five queries."""
    with one_instant():
        asked = _asked(term, cohort)
        counts = asked.aggregate(**_counts(term))
        return ReplyRates(
            overall=proportion(counts["k"], counts["n"]),
            channels=_chart(
                "By how they were asked", "Channel", _by(asked, term, "channel"), Channel.choices
            ),
            versions=_by_version(asked, term),
            closeness=_chart(
                "By how well the student knew them",
                "Closeness",
                _by(asked, term, "contact__closeness"),
                [*Closeness.choices, ("", NOT_SAID)],
            ),
            seniority=_chart(
                "By their standing at work",
                "Seniority",
                _by(asked, term, "contact__seniority"),
                [*Seniority.choices, ("", NOT_SAID)],
            ),
        )


def _asked(term: Term, cohort: Cohort | None) -> QuerySet[Attempt]:
    enrolments = Enrolment.objects.on_census().filter(cohort__term=term)
    if cohort is not None:
        enrolments = enrolments.filter(cohort=cohort)
    begin, end = window_of(term)
    return Attempt.objects.filter(
        student__in=enrolments.values("student_id"), sent_at__gte=begin, sent_at__lt=end
    ).order_by()


def _counts(term: Term) -> dict[str, Count]:
    _, end = window_of(term)
    return {
        "k": Count("contact", distinct=True, filter=Q(replied_at__lt=end)),
        "n": Count("contact", distinct=True),
    }


def _by(asked: QuerySet[Attempt], term: Term, *names: str) -> dict[Any, Proportion]:
    """Return the rate of each group; the key is a tuple if there are several names."""
    rows = asked.values(*names).annotate(**_counts(term))
    return {
        tuple(row[name] for name in names) if len(names) > 1 else row[names[0]]: proportion(
            row["k"], row["n"]
        )
        for row in rows
    }


def _by_version(asked: QuerySet[Attempt], term: Term) -> IntervalRows:
    shares = _by(asked, term, *VERSION)
    names = sorted((key for key in shares if key[0]), key=lambda key: (key[0], key[1]))
    choices = [(key, f"{key[0]}, version {key[1]}") for key in names]
    return _chart(
        "By template", "Template", shares, [*choices, ((None, None), "Without a template")]
    )


def _chart(
    title: str, label_head: str, shares: dict[Any, Proportion], choices: Iterable[tuple[Any, Any]]
) -> IntervalRows:
    nobody = proportion(0, 0)
    rows = [IntervalRow(str(label), shares.get(key, nobody)) for key, label in choices]
    return IntervalRows(
        title=title, rows=rows, label_head=label_head, n_head="People asked", k_head="Replied"
    )
