"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.billing.managers import (
    AnnualBillingQuerySet,
    FactBillingQuerySet,
    LetterRateQuerySet,
    RateQuerySet,
)
from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey, NumericField, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, References, RemoteModel, Statistics


class DefaultAnnualAllowance(RemoteModel):
    """The API's table `default_annual_allowance`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    valid_from_financial_year_start = models.IntegerField()
    organisation_type = models.CharField(
        max_length=255, choices=choices.ORGANISATION_TYPES, null=True, blank=True
    )
    allowance = models.IntegerField()
    notification_type = EnumField(
        "notification_type", choices=choices.NOTIFICATION_TYPE
    )

    foreign_keys = (References("organisation_types", organisation_type="name"),)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "default_annual_allowance"
        verbose_name = _("default annual allowance")
        verbose_name_plural = _("default annual allowances")
        indexes = [
            Index(
                fields=["notification_type"],
                name="ix_default_annual_allowance_notification_type",
            ),
            Index(
                fields=["valid_from_financial_year_start"],
                name="ix_default_annual_allowance_valid_from_financial_year_start",
            ),
        ]


class AnnualBilling(RemoteModel):
    """The API's table `annual_billing`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="annual_billing",
    )
    financial_year_start = models.IntegerField(_("financial year from"))
    free_sms_fragment_limit = models.IntegerField(_("free text message parts"))
    updated_at = UpdatedAtField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    high_volume_service_last_year = models.BooleanField(default=False)
    has_custom_allowance = models.BooleanField(default=False)

    objects: ClassVar[AnnualBillingQuerySet] = manager_of(AnnualBillingQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "annual_billing"
        verbose_name = _("yearly allowance")
        verbose_name_plural = _("yearly allowances")
        indexes = [
            Index(fields=["service"], name="ix_annual_billing_service_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "financial_year_start"],
                name="uix_service_id_financial_year_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.financial_year_start} to {self.financial_year_start + 1}"


class Rate(RemoteModel):
    """The API's table `rates`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    valid_from = models.DateTimeField(_("since"))
    rate = NumericField(_("rate in pounds"))
    notification_type = EnumField(
        "notification_type", _("channel"), choices=choices.NOTIFICATION_TYPE
    )

    objects: ClassVar[RateQuerySet] = manager_of(RateQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "rates"
        verbose_name = _("rate of text messages")
        verbose_name_plural = _("rates of text messages")
        indexes = [
            Index(fields=["notification_type"], name="ix_rates_notification_type"),
        ]

    def __str__(self) -> str:
        return str(self.rate)


class LetterRate(RemoteModel):
    """The API's table `letter_rates`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    start_date = models.DateTimeField(_("since"))
    end_date = models.DateTimeField(null=True, blank=True)
    sheet_count = models.IntegerField(_("sheets"))
    rate = NumericField(_("rate in pounds"))
    crown = models.BooleanField()
    post_class = models.CharField(_("postage"))

    objects: ClassVar[LetterRateQuerySet] = manager_of(LetterRateQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "letter_rates"
        verbose_name = _("rate of letters")
        verbose_name_plural = _("rates of letters")

    def __str__(self) -> str:
        return f"{self.post_class}, {self.sheet_count}"


class FactBilling(RemoteModel):
    """The API's table `ft_billing`."""

    pk = models.CompositePrimaryKey(
        "bst_date",
        "template_id",
        "service_id",
        "notification_type",
        "provider",
        "rate_multiplier",
        "international",
        "rate",
        "postage",
    )
    bst_date = models.DateField()
    template_id = models.UUIDField()
    service = MirrorKey(
        "services.Service",
        constrained=False,
        related_name="usage",
    )
    notification_type = models.TextField()
    provider = models.TextField()
    rate_multiplier = models.IntegerField()
    international = models.BooleanField()
    rate = NumericField()
    postage = models.CharField()
    billable_units = models.IntegerField(null=True, blank=True)
    notifications_sent = models.IntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)

    objects: ClassVar[FactBillingQuerySet] = manager_of(FactBillingQuerySet)

    statistics = (
        Statistics(
            "st_dep_ft_billing_service_id_template_id", ("service", "template_id")
        ),
        Statistics(
            "st_dep_ft_billing_ntfcn_type_template_id",
            ("notification_type", "template_id"),
        ),
        Statistics(
            "st_dep_ft_billing_ntfcn_type_provider", ("notification_type", "provider")
        ),
        Statistics(
            "st_dep_ft_billing_ntfcn_type_intnl", ("notification_type", "international")
        ),
        Statistics(
            "st_dep_ft_billing_ntfcn_type_postage", ("notification_type", "postage")
        ),
        Statistics("st_dep_ft_billing_provider_postage", ("provider", "postage")),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "ft_billing"
        verbose_name = _("fact billing")
        verbose_name_plural = _("fact billings")
        indexes = [
            Index(fields=["bst_date"], name="ix_ft_billing_bst_date"),
            Index(fields=["service"], name="ix_ft_billing_service_id"),
            Index(fields=["template_id"], name="ix_ft_billing_template_id"),
        ]


class FactBillingLetterDespatch(RemoteModel):
    """The API's table `ft_billing_letter_despatch`."""

    pk = models.CompositePrimaryKey(
        "bst_date", "postage", "cost_threshold", "rate", "billable_units"
    )
    bst_date = models.DateField()
    postage = models.CharField()
    cost_threshold = EnumField(
        "letter_despatch_cost_threshold", choices=choices.LETTER_DESPATCH_COST_THRESHOLD
    )
    rate = NumericField()
    billable_units = models.IntegerField()
    notifications_sent = models.IntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "ft_billing_letter_despatch"
        verbose_name = _("fact billing letter despatch")
        verbose_name_plural = _("fact billing letter despatchs")
        indexes = [
            Index(
                fields=["cost_threshold"],
                name="ix_ft_billing_letter_despatch_cost_threshold",
            ),
        ]
