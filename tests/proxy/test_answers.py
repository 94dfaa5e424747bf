"""What browsers are told on every answer, whoever gives it: the site, nginx with a file, or nginx because it refuses."""

import re
import ssl

import pytest

from tests.proxy.site import HOST
from tests.proxy.visitor import Visitor

pytestmark = [pytest.mark.race, pytest.mark.nginx, pytest.mark.postgresql]

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "nginx",
}
HSTS = "max-age=63072000; includeSubDomains; preload"
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'",
    "object-src 'none'", "frame-ancestors 'none'",
}  # fmt: skip


def said(answer, name):
    """Once, and only once."""
    values = answer.headers.get_all(name) or []
    assert len(values) == 1, (name, values)
    return values[0]


def assert_headers(answer, policy=POLICY, hsts=HSTS):
    assert {name: said(answer, name) for name in EVERYWHERE} == EVERYWHERE
    assert set(said(answer, "Content-Security-Policy").split("; ")) == policy
    assert answer.headers.get_all("Strict-Transport-Security", []) == ([hsts] if hsts else [])
    assert "camera=()" in said(answer, "Permissions-Policy")
    assert said(answer, "Referrer-Policy") in (
        "strict-origin-when-cross-origin",
        "same-origin",
        "no-referrer",
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("page", 200),
        ("gated", 302),
        ("/editions", 301),
        ("/accounts/login/", 200),
        ("/nothing-here/", 404),
        ("/static/css/base.css", 200),
        ("/static/css/nothing.css", 404),
        ("/static/", 404),
        ("/media/nothing.webp", 404),
        ("/media/notes.html", 404),
        ("/livez", 200),
        ("/.well-known/security.txt", 200),
        ("/readyz", 503),  # no worker runs here
        ("/?x=%00", 400),
        ("/%2e%2e/%2e%2e/etc/passwd", 400),
    ],
)
def test_every_answer_has_the_same_headers(server, stranger, path, status):
    answer = stranger.get(getattr(server.at, path, path))

    assert answer.status == status
    assert_headers(answer)


def test_what_nginx_refuses_itself_has_them_too_and_the_site_s_words(stranger):
    for answer, status in (
        (stranger.get("/", method="TRACE"), 405),
        (stranger.get("/", X_Long="a" * 9_000), 400),
        (stranger.get("/" + "a" * 9_000), 414),
        (stranger.get("/", Host="evil.test"), 400),
    ):
        assert (answer.status, "<h1>" in answer.text) == (status, True)
        assert said(answer, "Cache-Control") == "private, no-store"
        assert_headers(answer)


def test_a_file_keeps_the_narrower_policy_that_the_site_gives_it(server, member):
    for path in (server.at.gated, server.at.picture):
        answer = member.get(path)

        assert answer.status == 200, path
        assert_headers(answer, policy={"default-src 'none'", "sandbox"})


def test_without_tls_there_is_only_the_way_to_it(server):
    answer = plain(server, "/editions/?year=1", HOST)

    assert (answer.status, said(answer, "Location")) == (301, f"https://{HOST}/editions/?year=1")
    assert_headers(answer, hsts="")
    assert plain(server, "/", "evil.test").status == 400


def plain(server, path, host):
    import http.client

    from tests.proxy.visitor import heard

    connection = http.client.HTTPConnection("127.0.0.1", server.http, timeout=60)
    connection.request("GET", path, headers={"Host": host})
    return heard(connection)


def test_a_foreign_name_gets_no_certificate_of_ours(server):
    visitor = Visitor(server)

    with pytest.raises(ssl.SSLError, match="(?i)unrecognized.name"):
        visitor.wrapped(visitor.plain(server.https), name="evil.test")


def test_who_asks_for_what_is_written_down_nowhere(server, stranger):
    """Links to upload, claim or reset stand in addresses; Debian's nginx.conf writes each of them down."""
    stranger.get("/upload/a-secret-that-opens-something/")
    plain(server, "/upload/a-secret-that-opens-something/", HOST)
    plain(server, "/upload/a-secret-that-opens-something/", "evil.test")

    assert (server.folder / "access.log").read_text() == ""


def test_hashed_static_files_are_kept_for_ever_and_come_packed(stranger):
    style = re.search(r'href="(/static/css/base\.[0-9a-f]{12}\.css)"', stranger.get("/").text)[1]
    packed = stranger.get(style, Accept_Encoding="gzip")

    assert said(packed, "Content-Encoding") == "gzip"
    assert said(packed, "Cache-Control") == "public, max-age=31536000, immutable"
    assert len(packed.body) < len(stranger.get(style).body)
    assert said(stranger.get("/static/css/base.css"), "Cache-Control") == "public, max-age=60"


def test_a_page_is_kept_for_strangers_only(server, stranger, member):
    for visitor in (stranger, member, stranger):
        answer = visitor.get(server.at.edition)

        assert ("/accounts/logout/" in answer.text) == (visitor is member)
        assert answer.headers["X-Accel-Expires"] is None
    assert said(member.get(server.at.edition), "Cache-Control") == "private, no-store"
