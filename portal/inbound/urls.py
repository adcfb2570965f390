"""Addresses of received text messages."""

from __future__ import annotations

from django.urls import path

from portal.inbound.views import conversation, inbox, receiving

app_name = "inbound"

SERVICE = "services/<uuid:service_id>"
ONE = f"{SERVICE}/conversation/<uuid:notification_id>"
RECEIVE = f"{SERVICE}/service-settings/receive-text-messages"

urlpatterns = [
    path(f"{SERVICE}/inbox", inbox.inbox, name="inbox"),
    path(f"{SERVICE}/inbox.json", inbox.inbox_updates, name="inbox_json"),
    path(f"{SERVICE}/inbox.csv", inbox.inbox_download, name="inbox_csv"),
    path(ONE, conversation.conversation, name="conversation"),
    path(f"{ONE}.json", conversation.conversation_updates, name="conversation_json"),
    path(f"{ONE}/reply-with", conversation.conversation_reply, name="reply"),
    path(
        f"{ONE}/reply-with/from-folder/<uuid:from_folder>",
        conversation.conversation_reply,
        name="reply_from_folder",
    ),
    path(
        f"{ONE}/reply-with/<uuid:template_id>",
        conversation.conversation_reply_with_template,
        name="reply_with",
    ),
    path(RECEIVE, receiving.service_receive_text_messages, name="receiving"),
    path(
        f"{RECEIVE}/start",
        receiving.service_receive_text_messages_start,
        name="start_receiving",
    ),
    path(
        f"{RECEIVE}/stop",
        receiving.service_receive_text_messages_stop,
        name="stop_receiving",
    ),
    path(
        f"{RECEIVE}/stop/success",
        receiving.service_receive_text_messages_stop_success,
        name="stopped_receiving",
    ),
]
