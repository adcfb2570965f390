"""Registering, reading, changing and archiving users."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from portal.sandbox import outbox
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import users as rules
from portal.sandbox.rules.loading import load
from portal.sandbox.shapes.users import belongings_shape, found_user_shape, user_shape
from portal.users.models import User

Data = dict[str, Any]


@route("POST", "/user")
def create_user(request: HttpRequest) -> Answer:
    user = rules.create(load(body(request), rules.NEW))
    return created({"data": user_shape(user)})


@route("GET", "/user/<uuid:user_id>")
def get_user(request: HttpRequest, user_id: uuid.UUID) -> Data:
    return {"data": user_shape(one(User.objects, pk=user_id))}


@route("POST", "/user/<uuid:user_id>")
def update_user(request: HttpRequest, user_id: uuid.UUID) -> Data:
    user = one(User.objects, pk=user_id)
    changes = rules.load_known(body(request), rules.CHANGES)
    manager = changes.pop("updated_by", None)
    by = one(User.objects, pk=manager) if manager else None
    for name, value in changes.items():
        setattr(user, name, value)
    rules.save(user)
    if by:
        tell_of_change(user, by, changes)
    return {"data": user_shape(user)}


def tell_of_change(user: User, by: User, changes: Data) -> None:
    """Tell somebody that another person changed where they are reached."""
    if "email_address" in changes:
        outbox.notify(
            "email_changed_by_team_member",
            user.email_address,
            {
                "name": user.name,
                "servicemanagername": by.name,
                "email_address": user.email_address,
            },
        )
    elif changes.get("mobile_number"):
        outbox.notify(
            "mobile_changed_by_team_member",
            changes["mobile_number"],
            {"servicemanagername": by.name},
        )


@route("POST", "/user/<uuid:user_id>/activate")
def activate_user(request: HttpRequest, user_id: uuid.UUID) -> Data:
    user = one(User.objects, pk=user_id)
    if user.state == "active":
        raise Refusal("User already active")
    user.state = "active"
    user.save()
    return {"data": user_shape(user)}


@route("POST", "/user/<uuid:user_id>/archive")
def archive_user(request: HttpRequest, user_id: uuid.UUID) -> None:
    rules.archive(one(User.objects, pk=user_id))


@route("POST", "/user/<uuid:user_id>/update-password")
def update_password(request: HttpRequest, user_id: uuid.UUID) -> Data:
    user = one(User.objects, pk=user_id)
    values = rules.load_known(body(request), rules.PASSWORD)
    rules.set_password(user, load(values, rules.PASSWORD)["_password"])
    return {"data": user_shape(user)}


@route("POST", "/user/email")
def get_user_by_email(request: HttpRequest) -> Data:
    address = load(body(request), rules.EMAIL)["email"]
    return {"data": user_shape(one(User.objects, email_address__iexact=address))}


@route("POST", "/user/find-users-by-email")
def find_users_by_email(request: HttpRequest) -> Data:
    part = load(body(request), rules.PART_OF_EMAIL)["email"]
    users = User.objects.filter(email_address__icontains=part).order_by("email_address")
    return {"data": [found_user_shape(user) for user in users]}


@route("GET", "/user/<uuid:user_id>/organisations-and-services")
def organisations_and_services(request: HttpRequest, user_id: uuid.UUID) -> Data:
    return belongings_shape(one(User.objects, pk=user_id))
