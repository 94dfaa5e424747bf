"""How a programme is narrowed: values widen, filters narrow, words ignore accents and capitals."""

from unittest import TestCase

from django.http import QueryDict
from django.test import SimpleTestCase

from sessions.filters import Asked, Item, bare, choices, search


def asked(query):
    return Asked.of(QueryDict(query))


def item(key, words="", is_counted=True, **traits):
    return Item(key, key, {name: set(values.split()) for name, values in traits.items()}, words, is_counted)


class AskedTests(SimpleTestCase):
    def test_only_known_parameters_are_read_and_written_in_one_order(self):
        query = (
            "view=list&q=+two++words&topic=b&topic=a&track=t&ordering=speaker__user__password&x=1&topic[]=c"
        )

        self.assertEqual(asked(query).url(), "?track=t&topic=b&topic=a&q=two+words&view=list")

    def test_the_plain_page_has_no_parameters(self):
        self.assertEqual(
            [asked(query).url() for query in ("", "view=grid&q=&topic=", "view=nonsense")], ["./"] * 3
        )

    def test_a_value_is_added_and_taken_back(self):
        one = asked("topic=a&q=x")

        self.assertEqual(one.toggled("topic", "b").url(), "?topic=a&topic=b&q=x")
        self.assertEqual(one.toggled("topic", "a").url(), "?q=x")
        self.assertEqual(one.without_search().url(), "?topic=a")
        self.assertEqual(one.seen_as("rooms").url(), "?topic=a&q=x&view=rooms")
        self.assertEqual(asked("topic=a&view=list").cleared().url(), "?view=list")

    def test_a_long_query_is_cut_and_long_values_are_left_aside(self):
        one = asked(f"q={'x' * 10_000}&topic={'y' * 10_000}&" + "&".join(f"room=r{n}" for n in range(500)))

        self.assertEqual((len(one.search), one.values.keys(), len(one.values["room"])), (200, {"room"}, 12))

    def test_whatever_is_kept_goes_along_in_every_link(self):
        one = Asked.of(QueryDict("topic=a"), keep=(("preview", "draft"),))

        self.assertEqual(one.cleared().url(), "?preview=draft")


class BareTests(TestCase):
    def test_accents_strokes_and_capitals_do_not_count(self):
        pairs = {
            "Zoë": "ZOE", "Müller": "muller", "straße": "STRASSE", "Søren Łukasz": "soren lukasz", "ﬁle": "file",
            "İstanbul": "istanbul", "cafe\u0301": "CAFÉ", "Œuvre": "oeuvre",
        }  # fmt: skip

        self.assertEqual([bare(one) for one in pairs], [bare(other) for other in pairs.values()])


class SearchTests(TestCase):
    items = [
        item(1, "peace in school", topic="peace media", room="hall"),
        item(2, "media lab", topic="media", room="attic"),
        item(3, "coffee", is_counted=False, room="hall"),
    ]

    def found(self, query):
        return [one.key for one in search(self.items, asked(query)).items]

    def test_values_of_one_filter_widen_and_filters_narrow(self):
        self.assertEqual(self.found(""), [1, 2, 3])
        self.assertEqual(self.found("topic=peace&topic=media"), [1, 2])
        self.assertEqual(self.found("topic=media&room=hall"), [1])
        self.assertEqual(self.found("room=hall"), [1, 3])

    def test_every_word_must_be_there_and_signs_of_databases_mean_themselves(self):
        self.assertEqual(self.found("q=school+PEACE"), [1])
        self.assertEqual([self.found(f"q={sign}") for sign in ("%25", "_", "%5C", "'", "media+x")], [[]] * 5)

    def test_what_is_unknown_fits_nothing_and_can_be_taken_back(self):
        one = asked("topic=nonsense")
        found = search(self.items, one)
        offered = choices(one, "topic", {"peace": "Peace", "media": "Media"}, found)

        self.assertEqual((found.items, found.number), ([], 0))
        self.assertEqual(
            [(choice.label, choice.count, choice.is_chosen, choice.url) for choice in offered][-1],
            ("nonsense", 0, True, "./"),
        )

    def test_each_value_counts_what_it_would_find_with_the_other_filters(self):
        found = search(self.items, asked("room=attic&topic=media"))
        counts = {
            name: {value: len(keys) for value, keys in values.items()}
            for name, values in found.counts.items()
        }

        self.assertEqual(counts["room"], {"attic": 1, "hall": 1})
        self.assertEqual(counts["topic"], {"media": 1})

    def test_an_item_that_comes_twice_counts_once_and_a_break_never(self):
        self.assertEqual(search([*self.items, self.items[0]], asked("")).number, 2)
