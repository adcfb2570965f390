"""HEAD, which link checkers and monitors send."""

from __future__ import annotations

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from portal.common.middleware import HeadMiddleware


def answer(response, method="HEAD"):
    return HeadMiddleware(lambda request: response)(
        RequestFactory().generic(method, "/")
    )


def test_a_page_has_its_headers_and_the_length_it_would_have(client):
    page, around = client.get("/features"), client.head("/features")

    assert around.status_code == page.status_code == 200
    assert around.content == b""
    assert around["Content-Length"] == str(len(page.content)) != "0"
    assert around["Content-Type"] == page["Content-Type"]


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("words"),
        StreamingHttpResponse(iter(["some", "words"])),
        FileResponse(open(__file__, "rb")),  # noqa: PTH123, SIM115  it closes the file
    ],
    ids=["page", "stream", "file"],
)
def test_nothing_of_a_body_is_sent(response):
    assert b"".join(answer(response)) == b""


# The end of an answer looks after the database's connections.
@pytest.mark.django_db
def test_a_stream_that_is_not_read_is_closed():
    closed = []

    class Lines:
        def __iter__(self):
            return iter(["words"])

        def close(self):
            closed.append(True)

    answer(StreamingHttpResponse(Lines())).close()

    assert closed == [True]


def test_views_see_a_get():
    seen = []

    HeadMiddleware(lambda request: seen.append(request.method) or HttpResponse())(
        RequestFactory().head("/")
    )

    assert seen == ["GET"]


def test_other_methods_are_left_alone():
    assert answer(HttpResponse("words"), "GET").content == b"words"
