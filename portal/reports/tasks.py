"""Background tasks about figures and reports; each may run again at any time."""

from __future__ import annotations

from typing import Any

from celery import Task
from celery.signals import beat_init

from portal.common.background import task
from portal.remote.errors import NotFound
from portal.reports import actions

SERVICES_PER_RUN = 200


@task()
def refresh_service_figures() -> None:
    """Ask for new figures of the services whose figures are oldest."""
    for service_id in actions.list_services_to_refresh(most=SERVICES_PER_RUN):
        refresh_figures_of_service.delay(str(service_id))


@task(rate_limit="10/s")
def refresh_figures_of_service(service_id: str) -> None:
    """Refresh the figures of one service; one that is gone meanwhile has none."""
    try:
        actions.refresh_service_figures(service_id=service_id)
    except NotFound:
        return


@task()
def refresh_platform_figures() -> None:
    """Refresh the figures of the platform."""
    actions.refresh_platform_figures()


@task()
def warm_cache() -> None:
    """Load what many pages share before somebody has to wait for it."""
    actions.warm_cache()


def refresh_at_start(**kwargs: Any) -> None:
    """Ask for everything that is kept fresh when the clock starts, not at its first stroke."""
    for refresh in (warm_cache, refresh_platform_figures, refresh_service_figures):
        refresh.delay()


beat_init.connect(refresh_at_start)


class ReportTask(Task):  # type: ignore[misc] # Celery is untyped
    """A task about one report, which says so when it gives up."""

    def on_failure(self, exc: Any, task_id: Any, args: Any, *rest: Any) -> None:
        """Mark the report as failed."""
        actions.fail_report(report_id=args[0])


@task(base=ReportTask)
def build_notifications_report(report_id: str) -> None:
    """Make the file of one report."""
    actions.build_report(report_id=report_id)


@task(asks_api=False)
def resume_reports() -> None:
    """Send again the tasks of reports that nobody is making."""
    for report in actions.list_reports_to_resume():
        build_notifications_report.delay(str(report.pk))


@task(asks_api=False)
def purge_old_reports() -> None:
    """Delete reports, and their files, that are too old."""
    actions.purge_old_reports()
