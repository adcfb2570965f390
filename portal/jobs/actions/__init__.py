"""What the app does: check files of recipients, send them, keep contact lists."""

from __future__ import annotations

from portal.jobs.actions.checking import Checked, check_upload, limits_for
from portal.jobs.actions.contact_lists import (
    check_contact_list,
    delete_contact_list,
    list_contact_lists,
    load_contact_list,
    save_contact_list,
)
from portal.jobs.actions.correcting import (
    WrongFile,
    correct_upload,
    load_wrong_file,
)
from portal.jobs.actions.failed import CannotResend, resend_failed
from portal.jobs.actions.jobs import (
    PAGE_SIZE,
    JobList,
    JobPage,
    UploadList,
    cancel_job,
    cancel_letter_job,
    job_exists,
    load_job,
    load_job_alone,
    load_jobs,
    load_uploads,
    start_job,
)
from portal.jobs.actions.unsent import (
    UnsentFile,
    delete_unsent,
    forget_unsent,
    is_unsent,
    keep_unsent,
    list_unsent,
    purge_unsent_files,
)

__all__ = [
    "PAGE_SIZE",
    "CannotResend",
    "Checked",
    "JobList",
    "JobPage",
    "UploadList",
    "WrongFile",
    "cancel_job",
    "cancel_letter_job",
    "check_contact_list",
    "check_upload",
    "correct_upload",
    "delete_contact_list",
    "job_exists",
    "limits_for",
    "list_contact_lists",
    "load_contact_list",
    "load_job",
    "load_job_alone",
    "load_jobs",
    "load_uploads",
    "load_wrong_file",
    "resend_failed",
    "save_contact_list",
    "start_job",
    "UnsentFile",
    "delete_unsent",
    "forget_unsent",
    "is_unsent",
    "keep_unsent",
    "list_unsent",
    "purge_unsent_files",
]
