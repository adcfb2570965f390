"""Addresses of sent messages."""

from __future__ import annotations

from django.urls import path

from portal.common import converters  # noqa: F401  registers <template_type:…>
from portal.notifications.views import (
    check,
    one_off,
    pictures,
    plain,
    sent,
    tour,
    unsubscribe,
)

app_name = "notifications"

SERVICE = "services/<uuid:service_id>"
SEND = f"{SERVICE}/send/<uuid:template_id>"
TOUR = f"{SERVICE}/tour/<uuid:template_id>"
TEMPLATE = f"{SERVICE}/template/<uuid:template_id>"

FILE = "<letter_file_extension:filetype>"
REQUESTS = f"{SERVICE}/unsubscribe-requests"
REPORTS = f"{REQUESTS}/reports"

urlpatterns = [
    path(f"{SERVICE}/notifications", sent.view_notifications, name="list"),
    path(
        f"{SERVICE}/notifications/<template_type:message_type>",
        sent.view_notifications,
        name="list",
    ),
    path(
        f"{SERVICE}/notifications.json",
        plain.get_notifications_page_partials_as_json,
        name="list_json",
    ),
    path(
        f"{SERVICE}/notifications/<template_type:message_type>.json",
        plain.get_notifications_page_partials_as_json,
        name="list_json",
    ),
    path(
        f"{SERVICE}/notification/<uuid:notification_id>.json",
        plain.view_notification_updates,
        name="view_json",
    ),
    path(
        f"{SERVICE}/notification/<uuid:notification_id>",
        sent.view_notification,
        name="view",
    ),
    path(
        f"{SERVICE}/notification/<uuid:notification_id>.{FILE}",
        pictures.view_letter_notification_as_preview,
        name="picture",
    ),
    path(
        f"{SERVICE}/notification/<uuid:notification_id>/cancel",
        sent.cancel_letter,
        name="cancel",
    ),
    path(f"{SEND}/set-sender", one_off.set_sender, name="set_sender"),
    path(f"{SEND}/one-off", one_off.send_one_off, name="one_off"),
    path(
        f"{SEND}/one-off/address",
        one_off.send_one_off_letter_address,
        name="one_off_address",
    ),
    path(
        f"{SEND}/one-off/step-<int:step_index>",
        one_off.send_one_off_step,
        name="one_off_step",
    ),
    path(
        f"{TEMPLATE}/one-off/send-to-myself",
        one_off.send_one_off_to_myself,
        name="one_off_to_myself",
    ),
    path(f"{SEND}/test.{FILE}", pictures.send_test_preview, name="test_picture"),
    path(
        f"{SERVICE}/<uuid:template_id>/check.{FILE}",
        pictures.check_notification_preview,
        name="check_picture",
    ),
    path(TOUR, tour.begin_tour, name="begin_tour"),
    path(f"{TOUR}/step-<int:step_index>", tour.tour_step, name="tour_step"),
    path(f"{TOUR}/check", tour.check_tour_notification, name="check_tour"),
    path(
        f"{SERVICE}/end-tour/<uuid:example_template_id>",
        tour.go_to_dashboard_after_tour,
        name="end_tour",
    ),
    path(f"{TEMPLATE}/notification/check", check.check_notification, name="check"),
    path(
        f"{REQUESTS}/summary",
        unsubscribe.unsubscribe_request_reports_summary,
        name="unsubscribe_batches",
    ),
    path(
        f"{REPORTS}/latest",
        unsubscribe.latest_unsubscribe_request_report,
        name="unsubscribe_latest",
    ),
    path(
        f"{REPORTS}/batch-report",
        unsubscribe.create_unsubscribe_request_report,
        name="unsubscribe_make",
    ),
    path(
        f"{REPORTS}/download",
        unsubscribe.download_unsubscribe_request_report,
        name="unsubscribe_download",
    ),
    path(
        f"{REPORTS}/download/<uuid:batch_id>.csv",
        unsubscribe.download_unsubscribe_request_report,
        name="unsubscribe_csv",
    ),
    path(
        f"{REPORTS}/<uuid:batch_id>",
        unsubscribe.unsubscribe_request_report,
        name="unsubscribe_batch",
    ),
    path(
        "unsubscribe/<uuid:notification_id>/<str:token>",
        unsubscribe.unsubscribe,
        name="unsubscribe",
    ),
    path(
        "unsubscribe/confirmed", unsubscribe.unsubscribe_confirmed, name="unsubscribed"
    ),
    path(
        "unsubscribe/example",
        unsubscribe.unsubscribe_example,
        name="unsubscribe_example",
    ),
    path(
        "unsubscribe/example/confirmed",
        unsubscribe.unsubscribe_example_confirmed,
        name="unsubscribe_example_confirmed",
    ),
]
