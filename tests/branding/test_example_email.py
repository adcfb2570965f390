"""An example of an e-mail, in any branding."""

from __future__ import annotations

import pytest

PK = "99999999-0000-4000-8000-000000000001"


@pytest.fixture
def branded(api):
    """Let the API know one branding: with ``branded(text="…")``."""

    def made(**columns):
        branding = {
            "id": PK,
            "name": "Council (new logo)",
            "brand_type": "org",
            "alt_text": None,
            "text": None,
            "colour": None,
            "logo": None,
            **columns,
        }
        api.get("/email-branding", json={"email_branding": [branding]})

    return made


def test_without_a_branding_the_example_is_in_the_platforms(client, settings):
    settings.PORTAL_BRAND_NAME = "Post of Ruritania"
    settings.PORTAL_BRAND_COLOUR = "#123456"

    page = client.get("/_email").content.decode()

    assert "This is how an email from Post of Ruritania looks." in page
    assert "fill=&quot;#123456&quot;" in page
    assert "Your permit is ready" in page


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"text": "Parks", "alt_text": "Council"}, "from Parks looks"),
        ({"alt_text": "Council"}, "from Council looks"),
        ({}, "from Council (new logo) looks"),
        ({"text": "<b>Parks"}, "from &lt;b&gt;Parks looks"),
    ],
)
def test_the_example_says_what_stands_beside_the_logo(client, branded, columns, said):
    branded(**columns)

    assert said in client.get(f"/_email?branding_style={PK}").content.decode()


@pytest.mark.parametrize(("colour", "shown"), [("#00703c", True), ('"/><b>', False)])
def test_only_a_colour_is_drawn(client, branded, colour, shown):
    branded(colour=colour)

    page = client.get(f"/_email?branding_style={PK}").content.decode()

    assert ("&lt;rect" in page) is shown
    assert (colour in page) is shown


@pytest.mark.parametrize("asked", ["nothing", "../../service"])
def test_what_is_no_branding_is_not_found(client, asked):
    assert client.get("/_email", {"branding_style": asked}).status_code == 404


def test_an_unknown_branding_is_not_found(client, api):
    api.get("/email-branding", json={"email_branding": []})
    api.get(f"/email-branding/{PK}", status=404, json={"message": "No result found"})

    assert client.get(f"/_email?branding_style={PK}").status_code == 404
