"""What the app does with templates and folders."""

from __future__ import annotations

from portal.message_templates.actions.attachments import (
    Attached,
    attach_pages,
    remove_pages,
)
from portal.message_templates.actions.copying import (
    Copied,
    copy_files,
    copy_items,
    name_of_copy,
)
from portal.message_templates.actions.documents import (
    Document,
    HiddenTemplate,
    NoDocument,
    confirm_recipient,
    load_document,
    open_document,
)
from portal.message_templates.actions.email_files import (
    NoSuchFile,
    attach_email_file,
    check_email_file,
    content_without,
    load_email_file,
    make_email_file_live,
    remove_email_file,
    update_email_file,
)
from portal.message_templates.actions.files import (
    FileChange,
    apply_changes,
    plan_changes,
    purge_uploads,
)
from portal.message_templates.actions.finding import Found, find_items
from portal.message_templates.actions.folders import (
    create_template_folder,
    delete_template_folder,
    move_templates,
    update_template_folder,
)
from portal.message_templates.actions.reading import (
    MOST_TEXTS,
    last_used,
    load_folders,
    load_list,
    load_listed,
    load_template,
    load_texts,
    load_tree,
    load_versions,
    seen_by,
)
from portal.message_templates.actions.templates import (
    create_template,
    delete_template,
    has_other_words,
    redact_template,
    restore_template_version,
    set_template_sender,
    update_template,
)

__all__ = [
    "MOST_TEXTS",
    "Attached",
    "Copied",
    "Document",
    "FileChange",
    "Found",
    "HiddenTemplate",
    "NoDocument",
    "NoSuchFile",
    "apply_changes",
    "attach_email_file",
    "check_email_file",
    "confirm_recipient",
    "content_without",
    "copy_files",
    "attach_pages",
    "copy_items",
    "create_template",
    "create_template_folder",
    "delete_template",
    "delete_template_folder",
    "find_items",
    "has_other_words",
    "last_used",
    "load_document",
    "load_email_file",
    "load_folders",
    "load_list",
    "load_listed",
    "load_template",
    "load_texts",
    "load_tree",
    "load_versions",
    "make_email_file_live",
    "move_templates",
    "name_of_copy",
    "open_document",
    "plan_changes",
    "purge_uploads",
    "redact_template",
    "remove_email_file",
    "remove_pages",
    "restore_template_version",
    "seen_by",
    "set_template_sender",
    "update_email_file",
    "update_template",
    "update_template_folder",
]
