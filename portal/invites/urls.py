"""Addresses of invitations and of requests to join."""

from __future__ import annotations

from django.urls import path

from portal.invites.views import accept, decide, invite, join

app_name = "invites"

SERVICE = "services/<uuid:service_id>"
REQUEST = f"{SERVICE}/join-request/<uuid:request_id>"
TO_JOIN = "services/<uuid:service_to_join_id>/join"

urlpatterns = [
    path("invitation/<str:token>", accept.accept_invite, name="accept"),
    path(
        "organisation-invitation/<str:token>",
        accept.accept_org_invite,
        name="accept_organisation",
    ),
    path(f"{SERVICE}/users/invite", invite.invite_user, name="invite"),
    path(
        f"{SERVICE}/users/invite/<uuid:user_id>",
        invite.invite_user,
        name="invite_known",
    ),
    path(
        f"{SERVICE}/cancel-invited-user/<uuid:invited_user_id>",
        invite.cancel_invited_user,
        name="cancel",
    ),
    path(
        f"{SERVICE}/resend-invitation/<uuid:invited_user_id>",
        invite.resend_invitation,
        name="resend",
    ),
    path(
        f"{REQUEST}/approve", decide.service_join_request_approve, name="join_approve"
    ),
    path(
        f"{REQUEST}/choose-permissions",
        decide.service_join_request_choose_permissions,
        name="choose_permissions",
    ),
    path(
        f"{REQUEST}/refused", decide.service_join_request_refused, name="join_refused"
    ),
    path(
        "join-a-service/choose", join.join_service_choose_service, name="choose_service"
    ),
    path(f"{TO_JOIN}/ask", join.join_service_ask, name="ask_to_join"),
    path(
        f"{TO_JOIN}/you-have-asked",
        join.join_service_you_have_asked,
        name="asked_to_join",
    ),
]
