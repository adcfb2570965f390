"""How people's security keys are read from the API and written to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from portal.clients import user_api_client
from portal.remote.owners import Items, OwnedListQuerySet
from portal.remote.plan import Plan, Row

if TYPE_CHECKING:
    from portal.users.models import WebauthnCredential


@dataclass(frozen=True)
class NewCredential:
    """A security key as the browser registered it."""

    name: str
    credential_data: str
    registration_response: str

    def serialize(self) -> dict[str, str]:
        """Give what the API keeps."""
        return asdict(self)


class WebauthnCredentialQuerySet(OwnedListQuerySet["WebauthnCredential"]):
    """A person's security keys."""

    ended_as = "removed"
    owned_by = "user"
    details_at_most = 0

    def for_user(self, user: Any) -> Self:
        """Those of a person."""
        return self.filter(user=getattr(user, "pk", user))

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        rows: Items = user_api_client.get_webauthn_credentials_for_user(owner_id)
        return rows

    def send_create(self, payload: dict[str, Any]) -> Row:
        names = ("name", "credential_data", "registration_response")
        row: Row = user_api_client.create_webauthn_credential_for_user(
            payload["user_id"], NewCredential(**{name: payload[name] for name in names})
        )["data"]
        return row

    def send_update(
        self, instance: WebauthnCredential, payload: dict[str, Any]
    ) -> Row | None:
        self.refuse_other(payload, "name")
        row: Row = user_api_client.update_webauthn_credential_name_for_user(
            user_id=str(instance.user_id),
            credential_id=str(instance.pk),
            new_name_for_credential=payload["name"],
        )["data"]
        return row

    def send_delete(self, instance: WebauthnCredential) -> None:
        user_api_client.delete_webauthn_credential_for_user(
            user_id=str(instance.user_id), credential_id=str(instance.pk)
        )
