"""An edition with invented people, and a plain account of them, kept beside the database, to count by."""

import random
from collections import Counter
from datetime import timedelta

from django.utils import timezone

from registration.models import CheckIn, Download, Outcome, Registration, ViewCount
from tests.factories import (
    make_appearance,
    make_booking,
    make_edition,
    make_presentation,
    make_registration_type,
    make_release,
    make_session,
    make_slot,
    make_user,
    make_workshop,
)

COUNTRIES = ["BE"] * 20 + ["NL"] * 9 + ["FR"] * 3 + ["LV"]
ROLES = ["teacher"] * 8 + ["school_head"] * 2 + ["research"]


class Generated:
    """`people`: country and role of each; `booked`, `present`: by session who; `hours`: by session."""

    def __init__(self, seed, size=45, **fields):
        chance = random.Random(seed)
        now = timezone.now()
        self.edition = make_edition(
            f"Edition {seed}", starts_on=timezone.localdate(now) - timedelta(days=2), **fields
        )
        kind = make_registration_type(self.edition)
        self.people, self.booked, self.present, self.hours = {}, Counter(), {}, {}
        for number in range(size):
            one = (chance.choice(COUNTRIES), chance.choice(ROLES))
            row = Registration.objects.create(
                user=make_user(f"P{number}"), edition=self.edition, registration_type=kind, status="confirmed",
                country=one[0], role=one[1], consent_at=now,
            )  # fmt: skip
            self.people[row] = one
        self.hold(chance, now)
        self.read(chance, now)

    def hold(self, chance, now):
        """A talk and workshops of many sizes; some of who booked came, and who came was scanned at the door."""
        release = make_release(self.edition)
        everybody = list(self.people)
        self.arrived = set(chance.sample(everybody, len(everybody) * 3 // 4))
        for number, size in enumerate((3, 7, 12, 20, 30)):
            workshop = make_workshop(self.edition, f"W{number}", capacity=30, position=number)
            make_slot(workshop, now - timedelta(hours=9), minutes=60 + 15 * number, release=release)
            booked = chance.sample(everybody, min(size, len(everybody)))
            for one in booked:
                make_booking(one, workshop)
            self.booked[workshop.title] = len(booked)
            self.be_there(workshop, [one for one in booked if chance.random() < 0.8])
            self.hours[workshop.title] = 1 + number / 4
        talk = make_session(self.edition, "Talk", position=9)
        make_slot(talk, now - timedelta(hours=12), minutes=90, release=release)
        self.hours["Talk"] = 1.5
        self.be_there(talk, list(self.arrived))
        make_appearance(talk)
        Outcome.objects.create(session=talk, problem="Files get lost", status="approved", contact="CANARY")
        Outcome.objects.create(session=talk, problem="CANARY draft")
        CheckIn.objects.bulk_create(CheckIn(registration=one, at=now) for one in self.arrived)

    def be_there(self, session, people):
        self.present[session.title] = len(people)
        CheckIn.objects.bulk_create(
            CheckIn(registration=one, session_id=session.pk, at=timezone.now()) for one in people
        )

    def read(self, chance, now):
        deck = make_presentation(make_session(self.edition, "With slides", position=10))
        self.views = chance.randrange(20, 60)
        self.downloads = chance.randrange(6, 20)
        ViewCount.objects.create(
            presentation=deck, day=timezone.localdate(now), country="BE", count=self.views
        )
        Download.objects.bulk_create(
            Download(version=deck.current_file, country="BE") for _one in range(self.downloads)
        )

    def counts(self, place):
        return Counter(one[place] for one in self.people.values())
