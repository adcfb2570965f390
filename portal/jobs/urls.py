"""Addresses of spreadsheets and jobs."""

from __future__ import annotations

from django.urls import path

from portal.common import converters  # noqa: F401  registers <letter_file_extension:…>
from portal.jobs.views import (
    annotated,
    check,
    contact_lists,
    correct,
    job,
    pictures,
    unsent,
    upload,
)

app_name = "jobs"

SERVICE = "services/<uuid:service_id>"
SEND = f"{SERVICE}/send/<uuid:template_id>"
CHECK = f"{SERVICE}/<uuid:template_id>/check/<uuid:upload_id>"
FILE = "<letter_file_extension:filetype>"
JOB = f"{SERVICE}/jobs/<uuid:job_id>"
LIST = f"{SERVICE}/contact-list/<uuid:contact_list_id>"
FROM_LIST = f"{SEND}/from-contact-list"

urlpatterns = [
    path(f"{SEND}/csv", upload.send_messages, name="upload"),
    path(f"{SEND}.csv", upload.get_example_csv, name="example"),
    path(CHECK, check.check_messages, name="check"),
    path(f"{CHECK}/row-<int:row_index>", check.check_messages, name="check_row"),
    path(f"{CHECK}.{FILE}", pictures.check_messages_preview, name="check_picture"),
    path(
        f"{CHECK}/row-<int:row_index>.{FILE}",
        pictures.check_messages_preview,
        name="check_row_picture",
    ),
    path(f"{CHECK}/delete", unsent.delete_upload, name="delete_upload"),
    path(f"{CHECK}/errors", annotated.get_annotated_file, name="annotated"),
    path(f"{CHECK}/correct", correct.correct_rows, name="correct"),
    path(f"{SERVICE}/start-job/<uuid:upload_id>", check.start_job, name="start"),
    path(f"{SERVICE}/uploads", job.view_uploads, name="list"),
    path(f"{SERVICE}/jobs", job.view_jobs, name="jobs"),
    path(JOB, job.view_job, name="view"),
    path(f"{JOB}.json", job.view_job_updates, name="view_json"),
    path(f"{JOB}.csv", job.view_job_csv, name="report"),
    path(f"{JOB}/original.csv", job.view_job_original_file_csv, name="original"),
    path(f"{JOB}/send-failed", job.resend_failed, name="resend"),
    path(f"{JOB}/cancel", job.cancel_letter_job, name="cancel_letters"),
    path(f"{SERVICE}/contact-lists", contact_lists.contact_lists, name="contact_lists"),
    path(
        f"{SERVICE}/upload-contact-list",
        contact_lists.upload_contact_list,
        name="upload_contact_list",
    ),
    path(
        f"{SERVICE}/check-contact-list/<uuid:upload_id>",
        contact_lists.check_contact_list,
        name="check_contact_list",
    ),
    path(
        f"{SERVICE}/save-contact-list/<uuid:upload_id>",
        contact_lists.save_contact_list,
        name="save_contact_list",
    ),
    path(LIST, contact_lists.contact_list, name="contact_list"),
    path(f"{LIST}.csv", contact_lists.download_contact_list, name="contact_list_csv"),
    path(
        f"{LIST}/delete", contact_lists.delete_contact_list, name="delete_contact_list"
    ),
    path(FROM_LIST, contact_lists.choose_from_contact_list, name="choose_contact_list"),
    path(
        f"{FROM_LIST}/<uuid:contact_list_id>",
        contact_lists.send_from_contact_list,
        name="send_contact_list",
    ),
]
