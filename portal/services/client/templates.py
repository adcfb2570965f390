"""The templates of a service and their versions."""

from __future__ import annotations

from typing import Any

from portal.message_templates.types import TemplateAnswer
from portal.remote.cache import cache
from portal.remote.client import (
    Id,
    NotifyAdminAPIClient,
    _attach_current_user,
    given,
    refuse_unknown,
)

# A version never changes once there is a next one.
_VERSION_SECONDS = 86_400

ALLOWED_TEMPLATE_ATTRIBUTES = frozenset(
    {
        "archive_email_file_ids",
        "content",
        "has_unsubscribe_link",
        "letter_languages",
        "letter_welsh_content",
        "letter_welsh_subject",
        "name",
        "postage",
        "subject",
    }
)


class TemplateMethods(NotifyAdminAPIClient):
    """Methods about templates; folders have a client of their own."""

    @cache.delete("service-{service_id}-templates")
    def create_service_template(
        self,
        *,
        name: str,
        type_: str,
        content: str,
        service_id: Id,
        subject: str | None = None,
        parent_folder_id: Id | None = None,
        letter_languages: str | None = None,
        letter_welsh_subject: str | None = None,
        letter_welsh_content: str | None = None,
        has_unsubscribe_link: bool | None = None,
    ) -> Any:
        """Make a template and return it."""
        data = {
            "name": name,
            "template_type": type_,
            "content": content,
            "service": service_id,
            "has_unsubscribe_link": has_unsubscribe_link,
            **given(subject=subject or None, parent_folder_id=parent_folder_id or None),
        }
        if letter_languages is not None:
            data |= {
                "letter_languages": letter_languages,
                "letter_welsh_subject": letter_welsh_subject,
                "letter_welsh_content": letter_welsh_content,
            }
        return self.post(
            f"/service/{service_id}/template", data=_attach_current_user(data)
        )

    @cache.delete(
        "service-{service_id}-templates", "service-{service_id}-template-{template_id}"
    )
    def update_service_template(
        self, service_id: Id, template_id: Id, **kwargs: Any
    ) -> Any:
        """Change the given attributes, which makes a version; TypeError for unknown ones."""
        refuse_unknown("template", kwargs, ALLOWED_TEMPLATE_ATTRIBUTES)
        return self._change(service_id, template_id, **kwargs)

    @cache.delete(
        "service-{service_id}-templates", "service-{service_id}-template-{id_}"
    )
    def redact_service_template(self, service_id: Id, id_: Id) -> Any:
        """Hide personalisation in all that is sent with this template, for good."""
        return self._change(service_id, id_, redact_personalisation=True)

    @cache.delete(
        "service-{service_id}-templates", "service-{service_id}-template-{template_id}"
    )
    def update_service_template_sender(
        self, service_id: Id, template_id: Id, reply_to: Id | None
    ) -> Any:
        """Choose the sender's address of a letter template."""
        return self._change(service_id, template_id, reply_to=reply_to)

    @cache.delete(
        "service-{service_id}-templates", "service-{service_id}-template-{template_id}"
    )
    def delete_service_template(self, service_id: Id, template_id: Id) -> Any:
        """Archive a template."""
        return self._change(service_id, template_id, archived=True)

    def get_service_template(
        self, service_id: Id, template_id: Id, version: int | str | None = None
    ) -> TemplateAnswer:
        """Return ``{"data": {...}}`` of a template as it is, or as it was."""
        answer: TemplateAnswer = (
            self._get_current_template(service_id, template_id)
            if version is None
            else self._get_template_version(service_id, template_id, version)
        )
        return answer

    @cache.set(
        "service-{service_id}-template-{template_id}-version-None",
        tags=(
            "templates",
            "service-{service_id}-template",
            "service-{service_id}-template-{template_id}",
        ),
    )
    def _get_current_template(self, service_id: Id, template_id: Id) -> Any:
        return self.get(f"/service/{service_id}/template/{template_id}")

    @cache.set(
        "service-{service_id}-template-{template_id}-version-{version}",
        tags=(
            "templates",
            "service-{service_id}-template",
            "service-{service_id}-template-{template_id}",
        ),
        ttl=_VERSION_SECONDS,
    )
    def _get_template_version(
        self, service_id: Id, template_id: Id, version: int | str
    ) -> Any:
        return self.get(
            f"/service/{service_id}/template/{template_id}/version/{version}"
        )

    @cache.set(
        "service-{service_id}-template-{template_id}-versions",
        tags=(
            "templates",
            "service-{service_id}-template",
            "service-{service_id}-template-{template_id}",
        ),
    )
    def get_service_template_versions(self, service_id: Id, template_id: Id) -> Any:
        """Return ``{"data": [...]}`` of all versions, the newest first."""
        return self.get(f"/service/{service_id}/template/{template_id}/versions")

    @cache.set(
        "service-{service_id}-template-precompiled",
        tags=("templates", "service-{service_id}-template"),
    )
    def get_precompiled_template(self, service_id: Id) -> Any:
        """Return the hidden template of a service's uploaded letters."""
        return self.get(f"/service/{service_id}/template/precompiled")

    @cache.set("service-{service_id}-templates", tags=("services", "templates"))
    def get_service_templates(self, service_id: Id) -> Any:
        """Return ``{"data": [...]}`` of all templates, with all but the content's history."""
        return self.get(f"/service/{service_id}/template")

    def _change(self, service_id: Id, template_id: Id, **attributes: Any) -> Any:
        return self.post(
            f"/service/{service_id}/template/{template_id}",
            data=_attach_current_user(attributes),
        )
