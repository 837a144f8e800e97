"""The one schedule. Each entry only pokes a sweep; the sweep asks the database what is due.

A tick that comes twice, late or not at all changes nothing but the delay.
"""

from celery.schedules import crontab

SCHEDULE = {
    "send due mail": {
        "task": "apps.mail.tasks.send_due_mail",
        "schedule": 5.0,
        "options": {"expires": 10},  # pokes need not queue up behind a mail server that hangs
    },
    "note that the ticks arrive": {
        "task": "apps.mail.tasks.note_beat",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "queue meeting reminders": {
        "task": "apps.reminders.tasks.queue_meeting_reminders",
        "schedule": 60.0,
    },
    "queue lists of next steps": {
        "task": "apps.reminders.tasks.queue_lists",
        "schedule": 60.0,
    },
    "work on waiting imports": {
        "task": "apps.exchange.tasks.work_on_waiting_imports",
        "schedule": 2.0,
    },
    "work on waiting imports of contacts": {
        "task": "apps.contacts.tasks.work_on_waiting_contact_imports",
        "schedule": 2.0,
    },
    "look after class lists": {
        "task": "apps.students.tasks.look_after_class_lists",
        "schedule": crontab(hour="8", minute="45"),  # UTC: before the day begins on the east coast
    },
    "ask what terms brought": {
        "task": "apps.outcomes.tasks.ask_what_terms_brought",
        "schedule": crontab(hour="8,20", minute="50"),  # UTC: before some morning is over
    },
    "compute requested reports": {
        "task": "apps.metrics.tasks.compute_requested_reports",
        "schedule": 2.0,
    },
    "request nightly reports": {
        "task": "apps.metrics.tasks.request_nightly_reports",
        "schedule": crontab(hour="7", minute="15"),  # UTC: after midnight from Maine to Hawaii
    },
    "publish requested reports": {
        "task": "apps.metrics.tasks.publish_requested_reports",
        "schedule": 2.0,
    },
    "make requested files of reports": {
        "task": "apps.metrics.tasks.make_requested_report_files",
        "schedule": 2.0,
    },
    "forget old files of reports": {
        "task": "apps.metrics.tasks.forget_old_report_files",
        "schedule": crontab(minute="20"),
    },
    "mail links to reports of closed terms": {
        "task": "apps.metrics.tasks.mail_report_links",
        "schedule": crontab(hour="12", minute="30"),  # UTC: the morning of the east coast
    },
}
