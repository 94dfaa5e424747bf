"""Whatever is asked of an upload link, it answers with its page and gives nothing of others."""

import pytest

from sessions.collecting.links import issue_link
from sessions.models import PresentationFile
from tests.factories import make_appearance, make_presentation, make_session, make_speaker

STRANGE = [
    "-" * 36, "a" * 36, "a" * 32, "0" * 10_000, "{}", "urn:uuid:", "%s", "../..", "1' OR 1=1", "\u0661" * 32,
    "00000000-0000-4000-8000-000000000000",
]  # fmt: skip


@pytest.fixture
def address(db):
    session, speaker = make_session(), make_speaker(email="grace@example.org")
    make_appearance(session, speaker)
    make_presentation(session, "Of somebody else")
    return issue_link(session=session, speaker=speaker, by=None)[1].removeprefix("http://localhost:8000")


@pytest.mark.parametrize("asked", STRANGE)
def test_a_presentation_that_is_none_is_not_replaced(client, address, asked):
    assert client.get(address, {"presentation": asked}).status_code == 200
    for form in ("version", "submit", "promise", "nonsense"):
        sent = {"form": form, "presentation": asked, "link": "https://example.org/film"}
        assert client.post(address, sent).status_code in (200, 302, 400, 422)

    assert PresentationFile.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "-" * 500, "%25", "a%0d%0ab", "..%2f..", "\u0661", "🎓"])
def test_a_token_that_is_none_is_spent(client, db, token):
    assert client.get(f"/upload/{token}/").status_code in (404, 410)
