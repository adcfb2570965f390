"""Routes of template folders."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.message_templates.models import TemplateFolder
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.rules import folders
from portal.sandbox.shapes.templates import folder_shapes
from portal.sandbox.validation import check
from portal.services.models import Service

FOLDERS = "/service/<uuid:service_id>/template-folder"


@route("GET", FOLDERS)
def get_template_folders(request: HttpRequest, service_id: uuid.UUID) -> Any:
    one(Service.objects.all(), pk=service_id)
    rows = TemplateFolder.objects.filter(service_id=service_id).order_by("name", "pk")
    return {"template_folders": folder_shapes(rows)}


@route("POST", FOLDERS)
def create_template_folder(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    service = one(Service.objects.all(), pk=service_id)
    data = check(body(request), "post_create_template_folder_schema")
    folder = folders.create(service, data["name"], data["parent_id"])
    return created({"data": folder_shapes([folder])[0]})


@route("POST", f"{FOLDERS}/<uuid:template_folder_id>")
def update_template_folder(
    request: HttpRequest, service_id: uuid.UUID, template_folder_id: uuid.UUID
) -> Any:
    data = check(body(request), "post_update_template_folder_schema")
    folder = one(
        TemplateFolder.objects.all(), pk=template_folder_id, service_id=service_id
    )
    folder.name = data["name"]
    folder.save()
    if "users_with_permission" in data:
        folders.show(folder, data["users_with_permission"])
    return {"data": folder_shapes([folder])[0]}


@route("DELETE", f"{FOLDERS}/<uuid:template_folder_id>")
def delete_template_folder(
    request: HttpRequest, service_id: uuid.UUID, template_folder_id: uuid.UUID
) -> None:
    folders.delete(
        one(TemplateFolder.objects.all(), pk=template_folder_id, service_id=service_id)
    )


@route("POST", f"{FOLDERS}/contents")
def move_out_of_folders(request: HttpRequest, service_id: uuid.UUID) -> None:
    _move(request, service_id, None)


@route("POST", f"{FOLDERS}/<uuid:target_template_folder_id>/contents")
def move_to_folder(
    request: HttpRequest, service_id: uuid.UUID, target_template_folder_id: uuid.UUID
) -> None:
    _move(request, service_id, target_template_folder_id)


def _move(
    request: HttpRequest, service_id: uuid.UUID, target_id: uuid.UUID | None
) -> None:
    data = check(body(request), "post_move_template_folder_schema")
    folders.move(service_id, target_id, data["folders"], data["templates"])
