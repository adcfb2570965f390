"""Questions that lead to the right form, and answers that need none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.support import actions, questions
from portal.support.forms import ChoiceForm
from portal.support.hours import is_working_time
from portal.support.questions import Question
from portal.support.views.sending import posted

READ_AND_WRITE = require_http_methods(["GET", "POST"])
PROBLEM_PAGE = "/support/problem"


@READ_AND_WRITE
def support(request: HttpRequest) -> HttpResponse:
    is_known = request.user.is_authenticated
    return ask(request, questions.WHAT_FIRST if is_known else questions.WHO)


@READ_AND_WRITE
def what_do_you_want_to_do(request: HttpRequest) -> HttpResponse:
    return ask(request, questions.WHAT)


@READ_AND_WRITE
def problem(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return ask(request, questions.WHICH_PROBLEM)
    return ask(request, questions.WHICH_PROBLEM_SIGNED_OUT)


@READ_AND_WRITE
def cannot_sign_in(request: HttpRequest) -> HttpResponse:
    return ask(request, questions.CANNOT_SIGN_IN)


@READ_AND_WRITE
def what_happened(request: HttpRequest) -> HttpResponse:
    form = form_of(request, questions.WHAT_HAPPENED)
    if form.is_valid() and form.cleaned_data["choice"] in questions.ERRORS:
        return HttpResponseRedirect(form_for_an_error(request))
    return ask(request, questions.WHAT_HAPPENED)


def form_for_an_error(request: HttpRequest) -> str:
    """Return where an error of the platform is described; it is severe for a live service."""
    severe, category = "yes", "signed-out"
    if request.user.is_authenticated:
        is_live = actions.has_live_services(user=request.user)
        severe = "yes" if is_live else "no"
        category = "live-services" if is_live else "no-live-services"
    return f"{questions.FORM}?severe={severe}&category=tech-error-{category}"


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    return render(request, "support/public.html")


@require_GET
def advise(request: HttpRequest, template: str) -> HttpResponse:
    """Show help with signing in, which nobody needs who has signed in."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(PROBLEM_PAGE)
    return render(request, template)


@READ_AND_WRITE
def escalate(request: HttpRequest) -> HttpResponse:
    """Tell people who are not signed in how to raise an alarm outside of working hours."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(questions.FORM)
    return render(request, "support/escalate.html")


@READ_AND_WRITE
def thanks(request: HttpRequest) -> HttpResponse:
    context = {
        "is_urgent": "urgent" in request.GET,
        "is_working_time": is_working_time(timezone.now()),
    }
    return render(request, "support/thanks.html", context)


def form_of(request: HttpRequest, question: Question) -> ChoiceForm:
    """Return the form of a question, with the answer if there is one."""
    return ChoiceForm(
        posted(request),
        label=question.text,
        choices=[(one.value, one.text) for one in question.answers],
        is_heading=question.template == "support/question.html",
    )


def ask(request: HttpRequest, question: Question) -> HttpResponse:
    """Ask a question, or go where its answer leads."""
    form = form_of(request, question)
    if form.is_valid():
        return HttpResponseRedirect(question.leads_to(form.cleaned_data["choice"]))
    context = {"form": form, "question": question}
    status = 400 if form.errors else 200
    return render(request, question.template, context, status=status)
