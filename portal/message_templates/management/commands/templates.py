"""Keep the templates of a service as files, for instance in version control."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.message_templates import actions
from portal.message_templates.files import (
    ENDING,
    TemplateFile,
    UnreadableTemplateFile,
    files_of,
    read_files,
)
from portal.message_templates.forms.files import problems_of
from portal.message_templates.tree import FolderTree
from portal.remote import context
from portal.remote.errors import HTTPError
from portal.services.models import Service
from portal.users.models import User

MARKS = {
    "refused": "!",
    "added": "A",
    "changed": "M",
    "moved": "R",
}


class Command(BaseCommand):
    """``manage.py templates pull|push <service> <folder>``."""

    help = (
        "pull writes the templates of a service into a folder, one text file each. push "
        "shows what the files in the folder would change in the service, and with --yes "
        "changes it. Templates that are in no file stay as they are."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("direction", choices=["pull", "push"])
        parser.add_argument("service", type=UUID, help="the id of the service")
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--user",
            required=True,
            help="e-mail address of the person on whose behalf this is done",
        )
        parser.add_argument("--yes", action="store_true", help="make the changes")

    def handle(self, *args: Any, **options: Any) -> None:
        with context.scope():
            try:
                self.do(options)
            except HTTPError as error:
                raise CommandError(f"The API says: {error.message}") from error
            except UnreadableTemplateFile as error:
                raise CommandError(str(error)) from error

    def do(self, options: dict[str, Any]) -> None:
        """Read the service as the person sees it, then pull or push."""
        user = person(options["user"])
        service = Service.objects.filter(pk=options["service"]).first()
        if service is None:
            raise CommandError(f"There is no service {options['service']}.")
        if not may_change(user, service):
            raise CommandError(
                f"{user.email_address} may not manage the templates of {service.name}."
            )
        context.set_user(user.pk)
        tree = actions.load_tree(service=service, user=user)
        actions.load_texts(service=service, tree=tree)
        if options["direction"] == "pull":
            self.pull(tree, options["folder"])
        else:
            self.push(service, user, tree, options["folder"], apply=options["yes"])

    def pull(self, tree: FolderTree, folder: Path) -> None:
        """Write the files, and remove those whose templates are gone."""
        written = files_of(tree.by_folder_names())
        for path, text in written.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        old = {p for p in texts_in(folder) if p not in written}
        for path in old:
            (folder / path).unlink()
        self.stdout.write(f"{len(written)} files written, {len(old)} removed.")

    def push(
        self,
        service: Service,
        user: User,
        tree: FolderTree,
        folder: Path,
        *,
        apply: bool,
    ) -> None:
        """Show what would change; make the changes if told so."""
        changes = actions.plan_changes(
            tree=tree, files=files_in(folder), problems_of=problems_of
        )
        for change in changes:
            self.show(change)
        if any(change.kind == "refused" for change in changes):
            raise CommandError("Nothing was changed. Correct the files marked with !.")
        todo = [change for change in changes if change.kind != "same"]
        if not todo:
            self.stdout.write("There is nothing to change.")
        elif not apply:
            self.stdout.write("Nothing is changed yet. Add --yes to do it.")
        else:
            refused = actions.apply_changes(
                service=service, user=user, tree=tree, changes=todo
            )
            for change, why in refused:
                self.stderr.write(f"{change.file.path}: {why}")
            self.stdout.write(f"{len(todo) - len(refused)} templates changed.")
            if refused:
                raise CommandError(f"{len(refused)} were refused.")

    def show(self, change: actions.FileChange) -> None:
        """Write a line for a file, and the lines that differ."""
        if change.kind == "same":
            return
        self.stdout.write(f"{MARKS[change.kind]} {change.file.path}")
        for problem in change.problems:
            self.stdout.write(f"    {problem}")
        signs = {"removed": "-", "added": "+", "same": " "}
        for part in change.comparison:
            self.stdout.write(f"  {part['label']}")
            for kind, line in part["lines"]:
                self.stdout.write(f"    {signs[kind]} {line}")


def person(email_address: str) -> User:
    """Find the person. Raises CommandError."""
    user = User.objects.filter(email_address=email_address).first()
    if user is None:
        raise CommandError(f"Nobody has the e-mail address {email_address}.")
    return user


def may_change(user: User, service: Service) -> bool:
    """Whether the person may manage the service's templates."""
    return bool(user.platform_admin) or user.has_permission_for_service(
        service.pk, "manage_templates"
    )


def files_in(folder: Path) -> list[TemplateFile]:
    """Read the template files of a folder."""
    return read_files({path: (folder / path).read_bytes() for path in texts_in(folder)})


def texts_in(folder: Path) -> list[str]:
    """The paths of the template files in a folder; what is hidden is not looked at."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob(f"*{ENDING}"))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.stem.split(".")[-1] in ("sms", "email", "letter", "welsh")
    ]
