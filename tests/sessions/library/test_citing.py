"""References as a reference manager takes them in."""

import json
import re
from unittest import TestCase

from sessions.library.citing import Work, bibtex, cite_key, csl, family_and_given, ris

GUID = "0c1ffee0-1234-4321-8765-0123456789ab"
WORK = Work(
    guid=GUID,
    title="Us versus Them: 100% {open} & free_for C#",
    url=f"https://library.example/presentations/{GUID}/",
    authors=("Ann Van den Berg", "Zoë Müller", "Plato"),
    issued=(2024, 5, 17),
    event="Second conference",
    place="Mechelen",
    publisher="Example Schools",
    language="nl",
    licence="CC BY 4.0",
    doi="10.1234/abc_{1}",
    abstract="Two\nlines",
    topics=("polarisation", "dialogue"),
)
BARE = Work(guid=GUID, title="Alone", url="https://library.example/x/")


class NameTests(TestCase):
    def test_particles_belong_to_the_family_name(self):
        for name, expected in {
            "Ann Van den Berg": ("Van den Berg", "Ann"),
            "Van den Berg, Ann": ("Van den Berg", "Ann"),
            "María José García": ("García", "María José"),
            "Ludwig van Beethoven": ("van Beethoven", "Ludwig"),
            "Plato": ("Plato", ""),
            "Van Damme": ("Damme", "Van"),
            "": ("", ""),
        }.items():
            with self.subTest(name):
                self.assertEqual(family_and_given(name), expected)


class BibtexTests(TestCase):
    def test_everything_known_is_said_once(self):
        self.assertEqual(
            bibtex(WORK).splitlines(),
            [
                "@misc{vandenberg2024-0c1ffee0,",
                "  author = {Van den Berg, Ann and Müller, Zoë and {Plato}},",
                r"  title = {{Us versus Them: 100\% \textbraceleft{}open\textbraceright{} \& free\_for C\#}},",
                "  howpublished = {Second conference, Mechelen},",
                "  publisher = {Example Schools},",
                "  year = {2024},",
                "  language = {nl},",
                "  keywords = {polarisation, dialogue},",
                "  note = {CC BY 4.0},",
                "  abstract = {Two lines},",
                "  doi = {10.1234/abc_%7B1%7D},",
                f"  url = {{https://library.example/presentations/{GUID}/}},",
                "  month = may,",
                "}",
            ],
        )

    def test_nothing_that_is_typed_ends_a_field(self):
        for title in ("}} , url={x}", "{", "\\", "\\}", "a\n@misc{b,"):
            with self.subTest(title):
                said = bibtex(Work(guid=GUID, title=title, url="https://x.example/", authors=(title,)))

                self.assertEqual(said.count("{"), said.count("}"))
                self.assertEqual(re.findall(r"^  (\w+) = ", said, re.MULTILINE), ["author", "title", "url"])
                self.assertEqual(len(re.findall("^@", said, re.MULTILINE)), 1)

    def test_a_name_with_and_in_it_stays_one_name(self):
        said = bibtex(Work(guid=GUID, title="T", url="u", authors=("Search and Rescue, Team",)))

        self.assertIn("author = {{Search and Rescue}, Team}", said)

    def test_a_publication_is_a_book_with_editors(self):
        said = bibtex(
            Work(guid=GUID, title="T", url="u", medium="book", editors=("Eva Maes",), issued=(2018,))
        )

        self.assertEqual(
            said, "@book{maes2018-0c1ffee0,\n  editor = {Maes, Eva},\n  title = {{T}},\n  year = {2018},\n  url = {u},\n}\n"
        )  # fmt: skip


class RisTests(TestCase):
    def test_each_tag_has_its_line_and_the_record_ends(self):
        self.assertEqual(
            ris(WORK).split("\r\n"),
            [
                "TY  - SLIDE",
                "ID  - vandenberg2024-0c1ffee0",
                "AU  - Van den Berg, Ann",
                "AU  - Müller, Zoë",
                "AU  - Plato",
                "TI  - Us versus Them: 100% {open} & free_for C#",
                "T2  - Second conference",
                "CY  - Mechelen",
                "PY  - 2024",
                "DA  - 2024/05/17/",
                "PB  - Example Schools",
                "LA  - nl",
                "KW  - polarisation",
                "KW  - dialogue",
                "AB  - Two lines",
                "N1  - CC BY 4.0",
                "DO  - 10.1234/abc_{1}",
                f"UR  - https://library.example/presentations/{GUID}/",
                "ER  - ",
                "",
            ],
        )

    def test_no_text_begins_a_line_of_its_own(self):
        said = ris(Work(guid=GUID, title="T\r\nER  - \nTY  - BOOK", url="u", abstract="a\u2028b\x0bc"))

        self.assertEqual([line[:2] for line in said.split("\r\n")], ["TY", "ID", "TI", "AB", "UR", "ER", ""])
        self.assertNotRegex(said.replace("\r\n", ""), r"[\r\n\x0b]")

    def test_a_date_says_as_much_as_is_known(self):
        for issued, expected in {
            (2024,): "2024///",
            (2024, 5): "2024/05//",
            (2024, 5, 7): "2024/05/07/",
        }.items():
            with self.subTest(issued):
                said = ris(Work(guid=GUID, title="T", url="u", issued=issued))

                self.assertIn(f"DA  - {expected}\r\n", said)


class CslTests(TestCase):
    def test_everything_known_is_said(self):
        said = csl(WORK)

        self.assertEqual(said["type"], "speech")
        self.assertEqual(said["author"][0], {"family": "Van den Berg", "given": "Ann"})
        self.assertEqual(said["author"][2], {"literal": "Plato"})
        self.assertEqual(said["issued"], {"date-parts": [[2024, 5, 17]]})
        self.assertEqual(said["event-title"], "Second conference")
        self.assertEqual(json.loads(json.dumps(said)), said)

    def test_nothing_empty_is_said(self):
        self.assertEqual(sorted(csl(BARE)), ["URL", "id", "title", "type"])
        self.assertEqual(bibtex(BARE).count(" = "), 2)
        self.assertEqual(ris(BARE).count("  - "), 5)


class KeyTests(TestCase):
    def test_a_key_is_plain_letters_whatever_the_name(self):
        for name in ("Ægir Ðórsson", "李 雷", "O'Brien-Ståhl", "{x}"):
            with self.subTest(name):
                key = cite_key(Work(guid=GUID, title="T", url="u", authors=(name,)))

                self.assertRegex(key, r"^[a-z]+-0c1ffee0$")
