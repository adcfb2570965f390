"""Addresses of spreadsheets and jobs."""

from __future__ import annotations

from django.urls import path

from portal.jobs.views import annotated, check, job, upload

app_name = "jobs"

SERVICE = "services/<uuid:service_id>"
SEND = f"{SERVICE}/send/<uuid:template_id>"
CHECK = f"{SERVICE}/<uuid:template_id>/check/<uuid:upload_id>"
JOB = f"{SERVICE}/jobs/<uuid:job_id>"

urlpatterns = [
    path(f"{SEND}/csv", upload.send_messages, name="upload"),
    path(f"{SEND}.csv", upload.get_example_csv, name="example"),
    path(CHECK, check.check_messages, name="check"),
    path(f"{CHECK}/row-<int:row_index>", check.check_messages, name="check_row"),
    path(f"{CHECK}/errors", annotated.get_annotated_file, name="annotated"),
    path(f"{SERVICE}/start-job/<uuid:upload_id>", check.start_job, name="start"),
    path(f"{SERVICE}/uploads", job.view_jobs, name="list"),
    path(f"{SERVICE}/jobs", job.view_jobs, name="jobs"),
    path(JOB, job.view_job, name="view"),
    path(f"{JOB}.csv", job.view_job_csv, name="report"),
    path(f"{JOB}/original.csv", job.view_job_original_file_csv, name="original"),
]
