"""The API's tables of this domain, mirrored."""

from __future__ import annotations

from portal.message_templates.models.email_file import (
    TemplateEmailFile,
    TemplateEmailFileHistory,
)
from portal.message_templates.models.folder import (
    TemplateFolder,
    TemplateFolderMap,
    UserFolderPermission,
)
from portal.message_templates.models.template import (
    Template,
    TemplateHistory,
    TemplateRedacted,
)

__all__ = [
    "Template",
    "TemplateEmailFile",
    "TemplateEmailFileHistory",
    "TemplateFolder",
    "TemplateFolderMap",
    "TemplateHistory",
    "TemplateRedacted",
    "UserFolderPermission",
]
