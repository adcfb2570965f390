"""Questions to ask of a queryset; ``case`` names the columns, ``one`` is a row of SQL's."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db.models import Count, F, Max, Min, Q, Sum

from tests.managers.sql import SQL


def rows(queryset, case):
    """The rows of a queryset as tuples of what the API lists, in no order."""
    return sorted(
        (tuple(str(getattr(obj, name)) for name in case.fields) for obj in queryset),
    )


def in_order(queryset, case):
    """The column of a queryset that is fit for ordering, in its order."""
    return [getattr(obj, case.sorts) for obj in queryset]


def value(case, one):
    return getattr(one, case.text)


# SQLite's LIKE takes capitals for small letters: there a pattern asks for the same.
PATTERNS = {"contains": "{}", "startswith": "^{}", "endswith": "{}$"}


def condition(queryset, case, lookup, given):
    if queryset.db == SQL and lookup in PATTERNS:
        lookup, given = "regex", PATTERNS[lookup].format(re.escape(given))
    return {f"{case.text}__{lookup}": given}


def filters(lookup, make=lambda text: text):
    def asked(queryset, case, one):
        given = make(value(case, one))
        return rows(queryset.filter(**condition(queryset, case, lookup, given)), case)

    return asked


def excludes(lookup, make=lambda text: text):
    def asked(queryset, case, one):
        given = make(value(case, one))
        return rows(queryset.exclude(**condition(queryset, case, lookup, given)), case)

    return asked


def missing(ask):
    """Name the exception that asking raises."""
    try:
        ask()
    except (ObjectDoesNotExist, MultipleObjectsReturned) as error:
        return type(error).__name__
    return "nothing raised"


BY_TEXT = {
    "exact": filters("exact"),
    "iexact": filters("iexact", str.upper),
    "in": filters("in", lambda text: [text, "no such text"]),
    "in nothing": filters("in", lambda text: []),
    "contains": filters("contains", lambda text: text[:6]),
    "icontains": filters("icontains", lambda text: text[1:6].upper()),
    "startswith": filters("startswith", lambda text: text[:3]),
    "istartswith": filters("istartswith", lambda text: text[:3].upper()),
    "endswith": filters("endswith", lambda text: text[-3:]),
    "iendswith": filters("iendswith", lambda text: text[-3:].upper()),
    "gt": filters("gt"),
    "gte": filters("gte"),
    "lt": filters("lt"),
    "lte": filters("lte"),
    "range": filters("range", lambda text: (text, text + "~")),
    "regex": filters("regex", lambda text: "^[A-Z]"),
    "iregex": filters("iregex", lambda text: "[aeiou]{2}"),
    "isnull": filters("isnull", lambda text: True),
    "is not null": filters("isnull", lambda text: False),
    "exclude exact": excludes("exact"),
    "exclude in": excludes("in", lambda text: [text]),
    "exclude contains": excludes("contains", lambda text: text[:6]),
    "exclude null": excludes("isnull", lambda text: True),
    "Q or": lambda q, case, one: rows(
        q.filter(Q(**{case.text: value(case, one)}) | Q(pk=one.pk)), case
    ),
    "Q and not": lambda q, case, one: rows(
        q.filter(~Q(**{case.text: value(case, one)}) & ~Q(**{case.text: "x"})), case
    ),
    "Q xor": lambda q, case, one: rows(
        q.filter(Q(**{case.text: value(case, one)}) ^ Q(pk=one.pk)), case
    ),
    "nested Q": lambda q, case, one: rows(
        q.filter(~(Q(**{case.text: value(case, one)}) | Q(pk=one.pk))), case
    ),
    "two filters": lambda q, case, one: rows(
        q.filter(**{case.text: value(case, one)}).filter(pk=one.pk), case
    ),
    "querysets or": lambda q, case, one: rows(
        q.filter(**{case.text: value(case, one)}) | q.filter(pk=one.pk), case
    ),
    "querysets and": lambda q, case, one: rows(
        q.filter(**{case.text: value(case, one)}) & q.filter(pk=one.pk), case
    ),
    "F on the right": lambda q, case, one: rows(
        q.filter(**{case.text: F(case.text)}), case
    ),
}
SHAPES = {
    "all": lambda q, case, one: rows(q, case),
    "order": lambda q, case, one: in_order(q.order_by(case.sorts), case),
    "order backwards": lambda q, case, one: in_order(
        q.order_by(f"-{case.sorts}"), case
    ),
    "order by two": lambda q, case, one: rows(
        q.order_by(case.fields[-1], case.sorts, "pk")[:3], case
    ),
    "reverse": lambda q, case, one: in_order(q.order_by(case.sorts).reverse(), case),
    "nulls first": lambda q, case, one: in_order(
        q.order_by(F(case.sorts).asc(nulls_first=True)), case
    ),
    "slice": lambda q, case, one: in_order(q.order_by(case.sorts)[:2], case),
    "slice in the middle": lambda q, case, one: in_order(
        q.order_by(case.sorts)[1:3], case
    ),
    "index": lambda q, case, one: getattr(q.order_by(case.sorts)[0], case.sorts),
    "beyond": lambda q, case, one: list(q.order_by(case.text)[5000:]),
    "count": lambda q, case, one: q.count(),
    "count of a slice": lambda q, case, one: q.order_by("pk")[:2].count(),
    "count of a filter": lambda q, case, one: q.exclude(pk=one.pk).count(),
    "exists": lambda q, case, one: q.exists(),
    "exists not": lambda q, case, one: q.filter(**{case.text: "no such"}).exists(),
    "first": lambda q, case, one: q.order_by("pk").first(),
    "first of none": lambda q, case, one: q.none().first(),
    "last": lambda q, case, one: q.order_by("pk").last(),
    "none": lambda q, case, one: list(q.none()),
    "values": lambda q, case, one: list(q.order_by("pk").values(*case.fields)),
    "values_list": lambda q, case, one: list(
        q.order_by("pk").values_list(*case.fields)
    ),
    "flat": lambda q, case, one: list(
        q.order_by("pk").values_list(case.text, flat=True)
    ),
    "named": lambda q, case, one: [
        tuple(row) for row in q.order_by("pk").values_list(case.text, named=True)
    ],
    "keys": lambda q, case, one: set(q.values_list("pk", flat=True)),
    "distinct": lambda q, case, one: list(
        q.order_by(case.fields[-1]).values_list(case.fields[-1], flat=True).distinct()
    ),
    "distinct rows": lambda q, case, one: rows(q.distinct(), case),
    "aggregate": lambda q, case, one: q.aggregate(
        Count("pk"), Count(case.text), least=Min(case.text), most=Max(case.text)
    ),
    "aggregate distinct": lambda q, case, one: q.aggregate(
        n=Count(case.fields[-1], distinct=True)
    ),
    "get": lambda q, case, one: q.get(pk=one.pk),
    "get by text": lambda q, case, one: missing(
        lambda: q.get(**{case.text: "no such"})
    ),
    "get of many": lambda q, case, one: (
        missing(q.get) if q.count() > 1 else MultipleObjectsReturned.__name__
    ),
    "in_bulk": lambda q, case, one: set(q.in_bulk([one.pk])),
    "pk in": lambda q, case, one: rows(q.filter(pk__in=[one.pk]), case),
    "pk not in": lambda q, case, one: rows(q.exclude(pk__in=[one.pk]), case),
    "subquery": lambda q, case, one: rows(
        q.filter(**{f"{case.text}__in": q.values(case.text)}), case
    ),
    "contains an object": lambda q, case, one: q.contains(q.get(pk=one.pk)),
    "only": lambda q, case, one: rows(q.only("pk", *case.fields), case),
    "defer": lambda q, case, one: rows(q.defer(case.text), case),
    "iterator": lambda q, case, one: rows(q.iterator(chunk_size=2), case),
}
BY_FLAG = {
    "flag": lambda q, case, one: rows(q.filter(**{case.flag: True}), case),
    "no flag": lambda q, case, one: rows(q.filter(**{case.flag: False}), case),
    "exclude flag": lambda q, case, one: rows(q.exclude(**{case.flag: False}), case),
}
BY_NUMBER = {
    "number above": lambda q, case, one: rows(
        q.filter(**{f"{case.number}__gt": getattr(one, case.number)}), case
    ),
    "number between": lambda q, case, one: rows(
        q.filter(**{f"{case.number}__range": (0, getattr(one, case.number))}), case
    ),
    "sum": lambda q, case, one: q.aggregate(
        Sum(case.number), Min(case.number), Max(case.number)
    ),
}


def at(case, one):
    return getattr(one, case.moment) or dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


BY_MOMENT = {
    "moment from": lambda q, case, one: rows(
        q.filter(**{f"{case.moment}__gte": at(case, one)}), case
    ),
    "moment before": lambda q, case, one: rows(
        q.filter(**{f"{case.moment}__lt": at(case, one)}), case
    ),
    "moment between": lambda q, case, one: rows(
        q.filter(
            **{
                f"{case.moment}__range": (
                    at(case, one) - dt.timedelta(days=30),
                    at(case, one),
                )
            }
        ),
        case,
    ),
    "day": lambda q, case, one: rows(
        q.filter(**{f"{case.moment}__date": at(case, one).date()}), case
    ),
    "day from": lambda q, case, one: rows(
        q.filter(**{f"{case.moment}__date__gte": at(case, one).date()}), case
    ),
    "year": lambda q, case, one: rows(
        q.filter(**{f"{case.moment}__year": at(case, one).year}), case
    ),
    "month": lambda q, case, one: rows(
        q.filter(**{f"{case.moment}__month__lte": at(case, one).month}), case
    ),
    "exclude moment": lambda q, case, one: rows(
        q.exclude(**{f"{case.moment}__gte": at(case, one)}), case
    ),
    "no moment": lambda q, case, one: rows(
        q.filter(**{f"{case.moment}__isnull": True}), case
    ),
    "latest": lambda q, case, one: getattr(
        q.exclude(**{case.moment: None}).latest(case.moment), case.moment
    ),
    "earliest": lambda q, case, one: getattr(
        q.exclude(**{case.moment: None}).earliest(case.moment), case.moment
    ),
}


def related(obj, case):
    other = getattr(obj, case.relation)
    return other and getattr(other, case.relation_text)


def across(case, lookup):
    return f"{case.relation}__{lookup}"


BY_RELATION = {
    "select_related": lambda q, case, one: sorted(
        str(related(obj, case)) for obj in q.select_related(case.relation)
    ),
    "prefetch_related": lambda q, case, one: sorted(
        str(related(obj, case)) for obj in q.prefetch_related(case.relation)
    ),
    "filter by an object": lambda q, case, one: rows(
        q.filter(**{case.relation: getattr(one, case.relation)}), case
    ),
    "filter across": lambda q, case, one: rows(
        q.filter(**{across(case, case.relation_text): related(one, case)}), case
    ),
    "exclude across": lambda q, case, one: rows(
        q.exclude(**{across(case, case.relation_text): related(one, case)}), case
    ),
    "order across": lambda q, case, one: [
        str(related(obj, case))
        for obj in q.order_by(
            F(across(case, case.relation_text)).asc(nulls_last=True), "pk"
        )
    ],
    "values across": lambda q, case, one: list(
        q.order_by("pk").values_list(case.text, across(case, case.relation_text))
    ),
    "no relation": lambda q, case, one: rows(
        q.filter(**{across(case, "isnull"): True}), case
    ),
}


def for_case(case):
    """The questions that fit a model's columns."""
    fitting = {**BY_TEXT, **SHAPES}
    for column, questions in (
        (case.flag, BY_FLAG),
        (case.number, BY_NUMBER),
        (case.moment, BY_MOMENT),
        (case.relation, BY_RELATION),
    ):
        if column:
            fitting |= questions
    if len(case.model._meta.pk_fields) > 1:
        # Django gives the parts of a composite key unconverted there.
        del fitting["keys"]
    return fitting
