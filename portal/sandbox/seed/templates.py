"""Templates in folders, some with an earlier version."""

from __future__ import annotations

import datetime

from portal.message_templates.models import (
    Template,
    TemplateFolder,
    TemplateFolderMap,
    TemplateHistory,
    TemplateRedacted,
    UserFolderPermission,
)
from portal.sandbox.seed.demo import Demo, Office
from portal.sandbox.seed.wording import CHOICES, WORDINGS, Wording
from portal.sandbox.versions import history_row


def make_templates(demo: Demo) -> None:
    """Give each service some templates; the first has all of them."""
    history: list[TemplateHistory] = []
    in_folders: list[tuple[Template, TemplateFolder]] = []
    folders: list[TemplateFolder] = []
    for number, office in enumerate(demo.offices):
        chosen = CHOICES[number % len(CHOICES)] if number else range(len(WORDINGS))
        wordings = [WORDINGS[place] for place in chosen]
        by_name = make_folders(demo, office, wordings)
        folders.extend(by_name.values())
        for wording in wordings:
            versions = make_versions(demo, office, wording)
            history.extend(history_row(row, TemplateHistory) for row in versions)
            office.templates.append(versions[-1])
            if wording.folder:
                in_folders.append((versions[-1], by_name[wording.folder]))
    save(demo, history, folders, in_folders)


def save(
    demo: Demo,
    history: list[TemplateHistory],
    folders: list[TemplateFolder],
    in_folders: list[tuple[Template, TemplateFolder]],
) -> None:
    """Write everything; everybody in a service sees all of its folders."""
    templates = [row for office in demo.offices for row in office.templates]
    Template.objects.bulk_create(templates)
    TemplateHistory.objects.bulk_create(history)
    TemplateFolder.objects.bulk_create(folders)
    TemplateFolderMap.objects.bulk_create(
        TemplateFolderMap(template=template, template_folder=folder)
        for template, folder in in_folders
    )
    TemplateRedacted.objects.bulk_create(
        TemplateRedacted(
            template=row, updated_by_id=row.created_by_id, updated_at=row.created_at
        )
        for row in templates
    )
    people = {office.service.pk: office.people for office in demo.offices}
    UserFolderPermission.objects.bulk_create(
        UserFolderPermission(
            user_id=user.pk, template_folder_id=folder.pk, service_id=folder.service_id
        )
        for folder in folders
        for user in people[folder.service_id]
    )


def make_folders(
    demo: Demo, office: Office, wordings: list[Wording]
) -> dict[str, TemplateFolder]:
    """Make the folders that the wordings lie in, not saved yet."""
    names = sorted({wording.folder for wording in wordings if wording.folder})
    return {
        name: TemplateFolder(id=demo.id(), service=office.service, name=name)
        for name in names
    }


def make_versions(demo: Demo, office: Office, wording: Wording) -> list[Template]:
    """Make a template as it was at first and as it is now, not saved yet."""
    made = office.service.created_at + datetime.timedelta(hours=demo.dice.randrange(96))
    key = demo.id()
    contents = [text for text in (wording.before, wording.content) if text]
    is_letter = wording.channel == "letter"
    return [
        Template(
            id=key,
            version=version,
            name=wording.name,
            template_type=wording.channel,
            subject=wording.subject,
            content=content,
            has_unsubscribe_link=wording.unsubscribe,
            letter_languages="english" if is_letter else None,
            postage="second" if is_letter else None,
            service=office.service,
            created_by=office.owner,
            created_at=made,
            updated_at=made + datetime.timedelta(days=3) if version > 1 else None,
        )
        for version, content in enumerate(contents, 1)
    ]
