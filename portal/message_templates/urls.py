"""Addresses of templates and folders."""

from __future__ import annotations

from django.urls import path

from portal.common import converters  # noqa: F401  registers <template_type:…>
from portal.message_templates.forms.email_files import (
    LinkTextForm,
    RetentionForm,
    ValidationForm,
)
from portal.message_templates.views import (
    attachments,
    choose,
    copying,
    documents,
    edit,
    email_file_upload,
    email_files,
    files,
    folder,
    letter,
    pictures,
    template,
    version,
)

app_name = "message_templates"


SERVICE = "services/<uuid:service_id>"
TEMPLATES = f"{SERVICE}/templates"
FOLDER = f"{TEMPLATES}/folders/<uuid:template_folder_id>"
TEMPLATE = f"{TEMPLATES}/<uuid:template_id>"
EMAIL_FILES = f"{TEMPLATE}/files"
EMAIL_FILE = f"{EMAIL_FILES}/<uuid:template_email_file_id>"
DOCUMENT = "d/<base64_uuid:service_id>/<base64_uuid:document_id>"
COPY = f"{TEMPLATES}/copy"
FILE = "<letter_file_extension:filetype>"
BLOCKED = (
    f"{TEMPLATES}/action-blocked/<template_type:notification_type>/<str:return_to>"
)

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
    path(COPY, copying.choose_template_to_copy, name="copy"),
    path(
        f"{COPY}/from-folder/<uuid:from_folder>",
        copying.choose_template_to_copy,
        name="copy_from_folder",
    ),
    path(
        f"{COPY}/from-service/<uuid:from_service>",
        copying.choose_template_to_copy,
        name="copy_from_service",
    ),
    path(
        f"{COPY}/from-service/<uuid:from_service>/from-folder/<uuid:from_folder>",
        copying.choose_template_to_copy,
        name="copy_from_folder_of",
    ),
    path(f"{COPY}/<uuid:template_id>", copying.copy_template, name="copy_one"),
    path(BLOCKED, edit.action_blocked, name="blocked"),
    path(f"{BLOCKED}/<uuid:template_id>", edit.action_blocked, name="blocked_edit"),
    path(f"{TEMPLATES}/files", files.template_files, name="files"),
    path(
        f"{TEMPLATES}/files.zip", files.download_template_files, name="download_files"
    ),
    path(
        f"{TEMPLATES}/files/<uuid:upload_id>",
        files.check_template_files,
        name="check_files",
    ),
    path(TEMPLATE, template.view_template, name="view"),
    path(f"{TEMPLATE}.{FILE}", pictures.view_letter_template_preview, name="picture"),
    path(f"{TEMPLATE}/rename", template.rename_template, name="rename"),
    path(f"{TEMPLATE}/edit/<str:language>", letter.edit_welsh, name="edit_language"),
    path(f"{TEMPLATE}/set-template-sender", letter.set_template_sender, name="sender"),
    path(f"{TEMPLATE}/edit-postage", letter.edit_template_postage, name="postage"),
    path(
        f"{TEMPLATE}/change-language",
        letter.letter_template_change_language,
        name="languages",
    ),
    path(
        f"{TEMPLATE}/change-language/confirm",
        letter.letter_template_confirm_remove_welsh,
        name="remove_welsh",
    ),
    path(f"{TEMPLATE}/attach-pages", attachments.attach_pages, name="attach_pages"),
    path(f"{TEMPLATE}/attach-pages/edit", attachments.edit_pages, name="edit_pages"),
    path(
        f"{SERVICE}/attachment/<uuid:attachment_id>.png",
        attachments.attachment_picture,
        name="attachment_picture",
    ),
    path(
        f"{SERVICE}/preview-invalid-attachment-image/<uuid:file_id>",
        attachments.invalid_attachment_picture,
        name="invalid_attachment_picture",
    ),
    path(f"{TEMPLATE}/edit", edit.edit_service_template, name="edit"),
    path(f"{TEMPLATE}/delete", template.delete_service_template, name="delete"),
    path(f"{TEMPLATE}/redact", template.redact_template, name="redact"),
    path(f"{TEMPLATE}/versions", version.view_template_versions, name="versions"),
    path(
        f"{TEMPLATE}/version/<int:version>",
        version.view_template_version,
        name="version",
    ),
    path(EMAIL_FILES, email_files.template_email_files, name="email_files"),
    path(
        f"{EMAIL_FILES}/setup",
        email_files.setup_template_email_files,
        name="email_files_setup",
    ),
    path(
        f"{EMAIL_FILES}/upload",
        email_file_upload.upload_template_email_files,
        name="email_file_upload",
    ),
    path(EMAIL_FILE, email_files.manage_a_template_email_file, name="email_file"),
    path(f"{EMAIL_FILE}/make-live", email_files.make_file_live, name="email_file_live"),
    path(
        f"{EMAIL_FILE}/change-link-text",
        email_files.change_template_email_file,
        {"form_class": LinkTextForm},
        name="email_file_text",
    ),
    path(
        f"{EMAIL_FILE}/change-data-retention",
        email_files.change_template_email_file,
        {"form_class": RetentionForm},
        name="email_file_weeks",
    ),
    path(
        f"{EMAIL_FILE}/change-email-validation",
        email_files.change_template_email_file,
        {"form_class": ValidationForm},
        name="email_file_validation",
    ),
    path(DOCUMENT, documents.document_download_landing, name="document"),
    path(
        f"{DOCUMENT}/confirm-email-address",
        documents.document_download_confirm_email_address,
        name="document_confirm",
    ),
    path(
        f"{DOCUMENT}/download",
        documents.document_download_download_document,
        name="document_download",
    ),
    path(
        f"{TEMPLATE}/version/<int:version>.{FILE}",
        pictures.view_letter_template_version_preview,
        name="version_picture",
    ),
]
