"""Everyone who may come to a page, by name."""

from __future__ import annotations

from portal.users.identity import SHOWN_PERMISSIONS
from tests.guards.world import INACTIVE, ORGANISATION, SERVICE
from tests.users import personas

ANONYMOUS, ADMIN = "anonymous", "platform admin"


def everyone():
    """Return who there is: a name, and the API's JSON (None for nobody)."""
    people = {
        ANONYMOUS: None,
        "outsider": personas.outsider(),
        "member of the organisation": personas.outsider(organisations=[ORGANISATION]),
        "member without permissions": personas.staff(),
        "member with all permissions": personas.staff(*SHOWN_PERMISSIONS),
        ADMIN: personas.superuser(),
        "platform admin and member": personas.superuser(
            services=[SERVICE],
            permissions=personas.staff("send_messages")["permissions"],
        ),
        "member of an inactive service": personas.staff(
            *SHOWN_PERMISSIONS, service_id=INACTIVE
        ),
        "member who may send some kinds only": personas.staff()
        | {"permissions": {SERVICE: ["send_texts", "send_emails"]}},
        **{
            f"member who may {name}": personas.staff(name) for name in SHOWN_PERMISSIONS
        },
    }
    for number, person in enumerate(people.values(), start=10):
        if person is not None:
            person["id"] = f"22222222-0000-4000-8000-0000000000{number}"
    return people


def permissions_of(name):
    """Return the permissions in the service that a name stands for."""
    if name in ("member with all permissions", "member of an inactive service"):
        return set(SHOWN_PERMISSIONS)
    if name == "platform admin and member":
        return {"send_messages"}
    return {name.removeprefix("member who may ")} & set(SHOWN_PERMISSIONS)


def is_member(name):
    """Tell whether the person belongs to the service that the page is of."""
    return (
        name.startswith("member ")
        and name not in ("member of the organisation",)
        or name == "platform admin and member"
    )
