"""What the app does with templates and folders."""

from __future__ import annotations

from portal.message_templates.actions.copying import Copied, copy_items, name_of_copy
from portal.message_templates.actions.files import (
    FileChange,
    apply_changes,
    plan_changes,
)
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
    "Copied",
    "FileChange",
    "apply_changes",
    "copy_items",
    "create_template",
    "create_template_folder",
    "delete_template",
    "delete_template_folder",
    "has_other_words",
    "last_used",
    "load_folders",
    "load_template",
    "load_texts",
    "load_tree",
    "load_versions",
    "move_templates",
    "name_of_copy",
    "plan_changes",
    "redact_template",
    "restore_template_version",
    "seen_by",
    "set_template_sender",
    "update_template",
    "update_template_folder",
]
