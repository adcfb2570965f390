"""How memberships and what members may do are read from the API and written to it."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import NotSupportedError
from django.db.models import Model

from portal.clients import organisations_client, service_api_client, user_api_client
from portal.remote.client import Id
from portal.remote.gather import DETAILS_AT_MOST
from portal.remote.parallel import those_found, together
from portal.remote.plan import Plan, Row, Rows, ScopeRequired
from portal.remote.query import RemoteQuerySet
from portal.remote.values import derived_id

if TYPE_CHECKING:
    from portal.users.models import (
        Permission,  # noqa: F401 - named in strings
        ServiceUser,
        UserToOrganisation,
    )

M = TypeVar("M", bound=Model)


class MembershipQuerySet(RemoteQuerySet[M]):
    """Rows about people in teams: of some people, or of some teams."""

    ended_as = "removed"

    # The relation to the team.
    team = ""

    def load_team(self, team_id: str) -> list[Row]:
        """Load the members of a team."""
        raise NotImplementedError

    def load_rows(self, person: Row, team_id: str | None) -> list[Row]:
        """Make the rows about a person, of one team if it is given."""
        raise NotImplementedError

    def fetch(self, plan: Plan) -> Rows:
        people, teams = plan.one_of("user"), plan.one_of(self.team)
        asked = people if teams is None else teams
        if asked is None:
            raise ScopeRequired(
                f"The Notify API lists {plan.plural} of a user or a {self.team}: "
                f"add .filter(user=…) or .filter({self.team}=…)."
            )
        if len(asked) > DETAILS_AT_MOST:
            raise NotSupportedError(
                f"{len(asked)} calls for {plan.plural} are too many: narrow the query."
            )
        keys = list(dict.fromkeys(map(str, asked)))
        if teams is None:
            people = those_found(*(partial(user_api_client.get_user, k) for k in keys))
            return Rows([row for one in people for row in self.load_rows(one, None)])
        lists = together(*(partial(self.load_team, key) for key in keys))
        return Rows(
            [
                row
                for key, members in zip(keys, lists, strict=True)
                for person in members
                for row in self.load_rows(person, key)
            ]
        )


class ServiceUserQuerySet(MembershipQuerySet["ServiceUser"]):
    """Who is a member of which service."""

    team = "service"

    def load_team(self, team_id: str) -> list[Row]:
        rows: list[Row] = user_api_client.get_users_for_service(team_id)
        return rows

    def load_rows(self, person: Row, team_id: str | None) -> list[Row]:
        teams = person["services"] if team_id is None else [team_id]
        return [{"user": person, "service_id": team} for team in teams]

    def add(
        self,
        *,
        service: Any,
        user: Any,
        permissions: Collection[str] = (),
        folders: Collection[Id] = (),
    ) -> None:
        """Put someone into a service's team, with the stored permissions and folders."""
        user_api_client.add_user_to_service(
            str(getattr(service, "pk", service)),
            str(getattr(user, "pk", user)),
            permissions,
            folders,
        )

    def send_create(self, payload: dict[str, Any]) -> Row:
        self.add(service=payload["service_id"], user=payload["user_id"])
        return payload

    def send_delete(self, instance: ServiceUser) -> None:
        service_api_client.remove_user_from_service(
            str(instance.service_id), str(instance.user_id)
        )


class UserToOrganisationQuerySet(MembershipQuerySet["UserToOrganisation"]):
    """Who is a member of which organisation."""

    team = "organisation"

    def load_team(self, team_id: str) -> list[Row]:
        rows: list[Row] = user_api_client.get_users_for_organisation(team_id)
        return rows

    def load_rows(self, person: Row, team_id: str | None) -> list[Row]:
        teams = person["organisations"] if team_id is None else [team_id]
        return [{"user": person, "organisation_id": team} for team in teams]

    def send_create(self, payload: dict[str, Any]) -> Row:
        user_api_client.add_user_to_organisation(
            payload["organisation_id"], payload["user_id"], ()
        )
        return payload

    def send_delete(self, instance: UserToOrganisation) -> None:
        organisations_client.remove_user_from_organisation(
            str(instance.organisation_id), str(instance.user_id)
        )


class PermissionQuerySet(MembershipQuerySet["Permission"]):
    """What people may do in services; the keys are made of person, service and permission."""

    team = "service"
    list_fields = ("id", "user", "service", "permission")

    def load_team(self, team_id: str) -> list[Row]:
        rows: list[Row] = user_api_client.get_users_for_service(team_id)
        return rows

    def load_rows(self, person: Row, team_id: str | None) -> list[Row]:
        return [
            {
                "id": derived_id("permission", person["id"], service, name),
                "user": person,
                "service_id": service,
                "permission": name,
            }
            for service, names in person["permissions"].items()
            if team_id in {None, service}
            for name in names
        ]

    def replace(
        self,
        *,
        user: Any,
        service: Any,
        permissions: Collection[str],
        folders: Collection[Id] | None = None,
    ) -> None:
        """Replace what someone may do in a service, and the folders if they are given."""
        user_api_client.set_user_permissions(
            str(getattr(user, "pk", user)),
            str(getattr(service, "pk", service)),
            permissions,
            folders,
        )
