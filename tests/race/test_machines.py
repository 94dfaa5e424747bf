"""Two web machines and two workers with one database, one object store and one Redis: nothing twice, nothing lost."""

import hashlib
import http.client
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode
from urllib.request import urlopen

import boto3
import pytest

from conference.stores import bucket_of
from sessions.files.documents import make_pdf
from tests.bench.sending import send
from tests.bench.site import ROOT, free_port, gunicorn, run, scratch_environment
from tests.conference.test_mail import read_mails
from tests.prepared import copy_site
from tests.race.crowd import TOKEN, Person, all_at_once
from tests.race.database import places, rows, scratch_database
from tests.race.test_races import registering
from tests.redis_server import redis_server

pytestmark = [pytest.mark.race, pytest.mark.postgresql, pytest.mark.redis]

PATIENCE = 120
LATER = (
    "-c",
    "import django; django.setup(); from datetime import timedelta; from django.utils import timezone;"
    " from conference.mail import send_due; send_due(timezone.now() + timedelta(minutes=10))",
)


@pytest.fixture(scope="module")
def machines(store_url, tmp_path_factory):
    """The environments of two machines, with a folder of their own each, and what the first was filled with."""
    with scratch_database("conference_machines") as url, redis_server(free_port()) as redis_url:
        shared = {"S3_URL": store_url, "REDIS_URL": redis_url, "MACHINES": "2", "STAFF_SECOND_FACTOR": "no"}
        shared["SECRET_KEY"] = "one key for all machines, long enough for anybody who asks"
        environments = []
        for name in ("one", "two"):
            folder = tmp_path_factory.mktemp(name)
            copy_site(folder)
            environments.append(scratch_environment(str(folder), url) | shared)
        yield SimpleNamespace(
            all=environments, **json.loads(run(environments[0], "-m", "tests.race.machines"))
        )


@pytest.fixture(scope="module")
def hosts(machines):
    with gunicorn(machines.all[0]) as one, gunicorn(machines.all[1]) as two:
        yield [address.removeprefix("http://") for address in (one, two)]


def start_worker(env):
    return subprocess.Popen([sys.executable, "manage.py", "worker"], env=env, cwd=ROOT)


def mails(machines):
    """(recipient, Message-ID) of all that any machine has sent."""
    folders = [Path(env["DATA_DIR"], "mail") for env in machines.all]
    found = [mail for folder in folders if folder.is_dir() for mail in read_mails(folder)]
    return [(mail["To"], mail["Message-ID"]) for mail in found]


def objects(machines):
    bucket = bucket_of(machines.all[0]["S3_URL"])
    client = boto3.client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name=bucket.region,
        aws_access_key_id=bucket.key,
        aws_secret_access_key=bucket.secret,
    )
    found = client.list_objects_v2(Bucket=bucket.name).get("Contents", [])
    return {one["Key"] for one in found}


def until(condition):
    end = time.monotonic() + PATIENCE
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.5)
    return found


def count(machines, question):
    return rows(machines.all[0], f"SELECT count(*) FROM {question}")[0][0]  # noqa: S608  our own words


def test_everybody_has_what_they_were_told_whichever_machine_they_asked(machines, hosts, tmp_path):
    slides = tmp_path / "talk.pdf"
    slides.write_bytes(make_pdf("Talk", ["one", "two"]))
    people = [Person(hosts[number % 2], session) for number, session in enumerate(machines.sessions)]
    workers = [start_worker(env) for env in machines.all]
    try:
        with ThreadPoolExecutor(2) as uploading:
            sent = [uploading.submit(send, host, machines.link, slides) for host in hosts]
            answers = all_at_once([registering(person, machines.edition) for person in people])
            assert until(lambda: len(mails(machines)) >= 3)
            workers[0].send_signal(signal.SIGKILL)
            assert [one.result() for one in sent] == [302, 302]
        assert Counter(status for status, _page in answers) == {302: len(people)}
        until(lambda: not count(machines, "conference_outbox WHERE status = 'waiting'"))
        run(machines.all[1], *LATER)  # what was under way when its worker was killed
        assert until(lambda: count(machines, "conference_sessions_preview WHERE state = 'done'"))
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait(60)

    found = places(machines.all[0], machines.edition["pk"])
    assert Counter(status for _user, status, _number in found) == {"confirmed": 10, "waiting": 14}
    assert [number for _user, _status, number in found] == list(range(1, 25))
    about_places = [mail for mail in mails(machines) if mail[0].startswith("person")]
    assert {recipient for recipient, _id in about_places} == {f"person{n}@example.org" for n in range(24)}
    assert len(set(about_places)) == 24
    assert len(about_places) <= 24 + 1  # the one that was under way at the kill
    said = {
        f"private/{name}"
        for (name,) in rows(machines.all[0], "SELECT file FROM conference_sessions_presentationfile")
    }
    stored = {name for name in objects(machines) if name.startswith("private/presentations/")}
    assert stored <= said  # nothing that no row has
    assert count(machines, "conference_sessions_presentationfile") == 3
    assert len(said) == 2  # what was sent to both machines lies there once
    assert any(name.startswith("private/previews/") for name in objects(machines))


@pytest.mark.parametrize("number", [0, 1])
def test_a_file_that_one_machine_took_is_handed_out_by_both(machines, hosts, number):
    person = Person(hosts[number], machines.sessions[0])
    connection = http.client.HTTPConnection(person.host, timeout=60)
    connection.request("GET", machines.slides, headers={"Cookie": f"session={person.session}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()

    assert (answer.status, answer.headers["Cache-Control"]) == (302, "private, no-store")
    with urlopen(answer.headers["Location"]) as given:
        assert hashlib.sha256(given.read()).hexdigest() == machines.sha256


def test_a_machine_is_well_when_any_worker_was_seen(machines, hosts):
    for host in hosts:
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.request("GET", "/readyz")
        lines = connection.getresponse().read().decode()
        connection.close()
        assert {"cache: ok", "storage: ok", "worker: ok"} <= set(lines.splitlines())


def try_to_log_in(host):
    """As through a proxy: under the one name that the site has, whichever machine it is."""
    form = urlencode({"login": "nobody@example.org", "password": "not the password of anybody"})
    said = {"Cookie": f"csrf={TOKEN}", "X-CSRFToken": TOKEN, "Host": "localhost"}
    connection = http.client.HTTPConnection(host, timeout=60)
    form_of = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/accounts/login/", form, said | form_of)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_a_limit_counts_once_for_all_machines(machines, hosts):
    """Log-ins are counted in Redis, by allauth: five wrong ones of an account, wherever they are tried."""
    answers = [try_to_log_in(hosts[turn % 2]) for turn in range(6)]

    assert answers == [200] * 5 + [429]
