"""Addresses of templates and folders."""

from __future__ import annotations

from django.urls import path

from portal.common import converters  # noqa: F401  registers <template_type:…>
from portal.message_templates.views import choose, edit, folder, template, version

app_name = "message_templates"


TEMPLATES = "services/<uuid:service_id>/templates"
FOLDER = f"{TEMPLATES}/folders/<uuid:template_folder_id>"
TEMPLATE = f"{TEMPLATES}/<uuid:template_id>"

urlpatterns = [
    path(TEMPLATES, choose.choose_template, name="choose"),
    path(
        f"{TEMPLATES}/<any_template_type:template_type>",
        choose.choose_template,
        name="choose",
    ),
    path(FOLDER, choose.choose_template, name="folder"),
    path(
        f"{TEMPLATES}/<any_template_type:template_type>"
        "/folders/<uuid:template_folder_id>",
        choose.choose_template,
        name="folder",
    ),
    path(f"{FOLDER}/manage", folder.manage_template_folder, name="manage_folder"),
    path(f"{FOLDER}/delete", folder.delete_template_folder, name="delete_folder"),
    path(
        f"{TEMPLATES}/add-<template_type:template_type>",
        edit.add_service_template,
        name="add",
    ),
    path(
        f"{FOLDER}/add-<template_type:template_type>",
        edit.add_service_template,
        name="add_in_folder",
    ),
    path(
        f"{TEMPLATES}/count-sms-length",
        edit.count_content_length,
        name="count_length",
    ),
    path(TEMPLATE, template.view_template, name="view"),
    path(f"{TEMPLATE}/edit", edit.edit_service_template, name="edit"),
    path(f"{TEMPLATE}/delete", template.delete_service_template, name="delete"),
    path(f"{TEMPLATE}/redact", template.redact_template, name="redact"),
    path(f"{TEMPLATE}/versions", version.view_template_versions, name="versions"),
    path(
        f"{TEMPLATE}/version/<int:version>",
        version.view_template_version,
        name="version",
    ),
]
