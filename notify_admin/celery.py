"""The Celery application: what runs in the background, and when."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab

from portal.common import background

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notify_admin.settings")

MINUTE = 60

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    # Dashboards show these figures; a page never waits for them.
    "refresh-service-figures": {
        "task": "portal.reports.tasks.refresh_service_figures",
        "schedule": 5 * MINUTE,
    },
    # The platform's totals of today and of the days before.
    "refresh-platform-figures": {
        "task": "portal.reports.tasks.refresh_platform_figures",
        "schedule": crontab(minute="5,35"),
    },
    # Long lists that nobody should be the first to wait for.
    "warm-cache": {
        "task": "portal.reports.tasks.warm_cache",
        "schedule": 15 * MINUTE,
    },
    # Reports whose worker died, or whose message was lost.
    "resume-reports": {
        "task": "portal.reports.tasks.resume_reports",
        "schedule": MINUTE,
    },
    # Messages to the team whose task was lost, or gave up while the mail server was away.
    "deliver-support-messages": {
        "task": "portal.support.tasks.deliver_what_waits",
        "schedule": 5 * MINUTE,
    },
    # Files of reports hold personal data and are kept for a week at most.
    "purge-old-reports": {
        "task": "portal.reports.tasks.purge_old_reports",
        "schedule": crontab(hour="3", minute="20"),
    },
    # Letters that were uploaded and never sent.
    "purge-unsent-letters": {
        "task": "portal.letters.tasks.purge_unsent_letters",
        "schedule": crontab(hour="3", minute="40"),
    },
    # Files of recipients that were uploaded and never sent, and what else was never finished.
    "purge-unsent-files": {
        "task": "portal.jobs.tasks.purge_unsent_files",
        "schedule": crontab(hour="3", minute="30"),
    },
    "purge-drafts": {
        "task": "portal.common.tasks.purge_drafts",
        "schedule": crontab(hour="3", minute="35"),
    },
    # Files of templates that were uploaded and never confirmed.
    "purge-template-files": {
        "task": "portal.message_templates.tasks.purge_template_files",
        "schedule": crontab(hour="3", minute="50"),
    },
}


def _configuration() -> dict[str, Any]:
    """Read when Celery first asks, since Django's settings import this package."""
    from django.conf import settings

    settings.CELERY_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "broker_url": settings.CELERY_BROKER_URL,
        "broker_connection_retry_on_startup": True,
        # Redis hands a message out again when it was not acknowledged for this long:
        # longer than any task may take.
        "broker_transport_options": (
            {"visibility_timeout": 2 * 3600}
            if settings.CELERY_BROKER_URL.startswith(("redis", "sentinel"))
            else {}
        ),
        "beat_schedule": BEAT_SCHEDULE,
        "beat_schedule_filename": str(settings.CELERY_FOLDER / "beat"),
        "timezone": settings.TIME_ZONE,
        # A task is done when it has ended: one that is killed runs again.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "worker_hijack_root_logger": False,
        # What the demo prints in place of sending emails is to be seen.
        "worker_redirect_stdouts": False,
        "task_ignore_result": True,
        "task_soft_time_limit": 55 * MINUTE,
        "task_time_limit": 60 * MINUTE,
        "task_serializer": "json",
        "accept_content": ["json"],
    }


app = Celery("notify_admin")
app.add_defaults(_configuration)
app.autodiscover_tasks()
background.connect()
