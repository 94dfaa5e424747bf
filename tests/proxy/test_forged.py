"""Who asks, and for which site, is what nginx saw; what a visitor says of it changes nothing."""

import pytest

from tests.proxy.site import HOST
from tests.proxy.visitor import Visitor

pytestmark = [pytest.mark.race, pytest.mark.nginx, pytest.mark.postgresql]

SIGNUPS = 5  # an hour and address, said by the fixture
ANSWERS = "name=Ada&country=BE&consent=on&email=ada"


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Forwarded-Port", "X-Host"])
def test_no_header_moves_the_site_elsewhere(stranger, header):
    answer = stranger.get("/editions", **{header: "host=evil.test"})

    assert (answer.status, answer.headers["Location"]) == (301, "/editions/")
    assert "evil.test" not in stranger.get("/editions/", **{header: "evil.test"}).text


def test_a_forged_way_without_tls_is_not_believed(stranger):
    assert stranger.get("/editions/", X_Forwarded_Proto="http").status == 200


def test_forged_addresses_escape_no_limit_and_two_real_ones_have_two(server):
    first, second = Visitor(server, address="127.0.0.11"), Visitor(server, address="127.0.0.12")

    def tried(visitor, number):
        forged, body = f"203.0.113.{number}", f"{ANSWERS}{number}.{visitor.address}@example.org"
        return visitor.post(
            "/accounts/signup/",
            body.encode(),
            X_Forwarded_For=forged,
            X_Real_IP=forged,
            Forwarded=f"for={forged}",
        ).status

    answers = [tried(first, number) for number in range(SIGNUPS + 2)]

    assert [status == 429 for status in answers] == [False] * SIGNUPS + [True] * 2
    assert tried(second, 1) != 429


def test_the_site_s_own_name_with_a_port_or_a_dot_is_still_its_own(stranger):
    for host in (f"{HOST}:443", HOST.upper()):
        assert stranger.get("/editions/", Host=host).status == 200
    assert stranger.get("/editions/", Host=f"{HOST}.evil.test").status == 400
