"""Call a method of an API client from the shell."""

from __future__ import annotations

import base64
import difflib
import inspect
import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import requests
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import clients
from portal.remote import context
from portal.remote.errors import HTTPError, Unavailable

# What an answer may hold and a terminal's history should not.
HIDDEN = {"bearer_token", "current_session_id", "password", "secret", "token"}


class Command(BaseCommand):
    """``manage.py notify_api <client> <method> key=value …``."""

    help = (
        "Call a method of an API client and print what the API answers as JSON. Values are "
        "JSON where they can be, else text; @name is the content of a file. Without a method "
        "the client's methods are listed, without a client the clients."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client", nargs="?")
        parser.add_argument("method", nargs="?")
        parser.add_argument("arguments", nargs="*", metavar="key=value")
        parser.add_argument(
            "--user", help="id of the person on whose behalf the call is made"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        client_name, method_name = options["client"], options["method"]
        if client_name is None:
            self.stdout.write("\n".join(sorted(ready_made())))
            return
        client = client_named(client_name)
        if method_name is None:
            for name, method in sorted(methods_of(client).items()):
                self.stdout.write(f"{name}{shown_signature(method)}")
            return
        method = method_named(client, method_name)
        with context.scope(user_id=options["user"]):
            answer = called(method, given_arguments(method, options["arguments"]))
        self.stdout.write(as_text(answer))


def ready_made() -> dict[str, Any]:
    """Return the ready-made clients by name."""
    return {name: getattr(clients, name) for name in clients.__all__}


def client_named(name: str) -> Any:
    """Return a client by its name, with or without ``_api_client`` or ``_client``."""
    known = ready_made()
    for one in (name, f"{name}_api_client", f"{name}_client"):
        if one in known:
            return known[one]
    raise unknown("client", name, known)


def methods_of(client: Any) -> dict[str, Callable[..., Any]]:
    """Return the methods of a client that say something of their own."""
    plain = {"get", "post", "put", "delete", "request"}
    return {
        name: getattr(client, name)
        for name, _ in inspect.getmembers(type(client), inspect.isfunction)
        if not name.startswith("_") and name not in plain
    }


def method_named(client: Any, name: str) -> Callable[..., Any]:
    """Return a method of a client by its name."""
    known = methods_of(client)
    if name in known:
        return known[name]
    raise unknown("method", name, known)


def shown_signature(method: Callable[..., Any]) -> str:
    """Return a method's arguments, as names with their defaults."""
    plain = [
        parameter.replace(annotation=parameter.empty)
        for parameter in inspect.signature(method).parameters.values()
    ]
    return str(inspect.Signature(plain))


def given_arguments(
    method: Callable[..., Any], arguments: Collection[str]
) -> inspect.BoundArguments:
    """Read ``key=value`` pairs as the arguments of a method; a list for ``*args``."""
    made: dict[str, Any] = {}
    for text in arguments:
        key, separator, value = text.partition("=")
        if not separator:
            raise CommandError(f"Write {text!r} as key=value.")
        made[key] = value_of(value)
    signature = inspect.signature(method)
    parameters = signature.parameters
    takes_any = any(one.kind is one.VAR_KEYWORD for one in parameters.values())
    if not takes_any:
        for key in set(made) - set(parameters):
            raise unknown("argument", key, parameters)
    rest = [
        value
        for one in parameters.values()
        if one.kind is one.VAR_POSITIONAL
        for value in made.pop(one.name, ())
    ]
    try:
        return signature.bind(*rest, **made)
    except TypeError as error:
        raise CommandError(
            f"{str(error).capitalize()}. The arguments are {shown_signature(method)}."
        ) from error


def value_of(text: str) -> Any:
    """Read a value: JSON, the content of a file after an @, or the text itself."""
    if text.startswith("@"):
        try:
            return Path(text[1:]).read_bytes()
        except OSError as error:
            raise CommandError(
                f"{text[1:]} cannot be read: {error.strerror}."
            ) from error
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def called(method: Callable[..., Any], arguments: inspect.BoundArguments) -> Any:
    """Call a method; raises CommandError with what the API or the client says against it."""
    try:
        return method(*arguments.args, **arguments.kwargs)
    except Unavailable as error:
        raise CommandError(str(error.message)) from error
    except HTTPError as error:
        said = error.message
        reason = said if isinstance(said, str) else json.dumps(said)
        raise CommandError(
            f"The API answered {error.status_code}: {reason or 'no reason given.'}"
        ) from error
    except (
        AttributeError,
        LookupError,
        StopIteration,
        TypeError,
        ValueError,
    ) as error:
        raise CommandError(
            f"The call cannot be made like this: {str(error) or 'there is no such thing'}."
        ) from error


def as_text(answer: Any) -> str:
    """Return an answer as readable JSON, without what must stay secret."""
    plain = json.loads(json.dumps(answer, default=_plain))
    return json.dumps(_without_secrets(plain), indent=2, ensure_ascii=False)


def unknown(what: str, name: str, known: Collection[str]) -> CommandError:
    """Make the error that says which names are near to one that does not exist."""
    near = difflib.get_close_matches(name, known, n=5, cutoff=0.4) or sorted(known)
    return CommandError(
        f"There is no {what} {name!r}. Near to it: {', '.join(near) or 'nothing'}."
    )


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, requests.Response):
        return {"status_code": value.status_code, "content": value.text}
    return str(value)


def _without_secrets(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_secrets(one) for one in value]
    if isinstance(value, dict):
        return {
            key: "(hidden)" if key in HIDDEN and one else _without_secrets(one)
            for key, one in value.items()
        }
    return value
