"""What a service's reports can be narrowed down to."""

from __future__ import annotations

from dataclasses import dataclass

from portal.clients import api_key_api_client, job_api_client, service_api_client
from portal.message_templates.actions import load_listed
from portal.remote.parallel import together
from portal.services.models import Service

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class ReportChoices:
    """The templates and files of a service, each with id and name; API keys by name."""

    templates: Choices
    jobs: Choices
    keys: Choices


def list_report_choices(*, service: Service) -> ReportChoices:
    """Return a service's templates, its latest files and its keys, read side by side."""
    templates, jobs, keys = together(
        lambda: load_listed(service=service),
        lambda: job_api_client.get_page_of_jobs(str(service.pk), page=1),
        lambda: api_key_api_client.get_api_keys(str(service.pk)),
    )
    names = {key["name"] for key in keys["apiKeys"]}
    return ReportChoices(
        templates=sorted(
            ((str(row.pk), row.name) for row in templates),
            key=lambda pair: pair[1].casefold(),
        ),
        jobs=[(job["id"], job["original_file_name"]) for job in jobs["data"]],
        keys=[(name, name) for name in sorted(names, key=str.casefold)],
    )


def list_template_names(*, service: Service, template_id: str) -> set[str]:
    """Return all names that a template ever had."""
    versions = service_api_client.get_service_template_versions(
        str(service.pk), template_id
    )
    return {version["name"] for version in versions["data"]}
