"""Files of templates that somebody uploads, and what is wrong with them."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import FileInput, PortalForm
from portal.message_templates.files import (
    MOST_BYTES,
    MOST_FILES,
    TemplateFile,
    UnreadableTemplateFile,
    read_files,
)
from portal.message_templates.forms.words import TEMPLATE_FORMS


class TemplateFilesForm(PortalForm):
    """A zip archive of template files."""

    file = forms.FileField(
        label=_("Choose a zip file"),
        help_text=_("As you downloaded it here, with your changes."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file to upload.")},
        widget=FileInput(accept=".zip"),
    )

    def clean_file(self) -> Any:
        """Read the templates, or say why that cannot be done."""
        upload = self.cleaned_data["file"]
        self.data_read = upload.read()
        try:
            self.template_files = read_archive(self.data_read)
        except UnreadableTemplateFile as error:
            raise forms.ValidationError(f"{upload.name}: {error}") from error
        return upload


def read_archive(data: bytes) -> list[TemplateFile]:
    """Read a zip archive of template files. Raises UnreadableTemplateFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read_files(_texts(archive))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise UnreadableTemplateFile(
            _("this is not a zip file that can be read.")
        ) from error


def _texts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [m for m in archive.infolist() if m.filename.endswith(".txt")]
    if len(members) > MOST_FILES:
        raise UnreadableTemplateFile(
            _("there are more than %(most)s files in it.") % {"most": MOST_FILES}
        )
    found, left = {}, MOST_BYTES
    for member in members:
        with archive.open(member) as opened:
            found[member.filename] = opened.read(left + 1)
        left -= len(found[member.filename])
        if left < 0:
            raise UnreadableTemplateFile(
                _("the files in it are too large: all together can have 5MB.")
            )
    return found


def problems_of(file: TemplateFile) -> list[str]:
    """Say what the template's own form would find wrong with the words of a file."""
    form = TEMPLATE_FORMS[file.template_type](
        {
            **file.words,
            "options": ["has_unsubscribe_link"]
            if file.words.get("has_unsubscribe_link")
            else [],
        }
    )
    return [text for _anchor, text in form.error_list()]
