"""Organisers' words with places: each is filled as text, whatever a name looks like, and only addresses of the site are links."""

from django.test import TestCase, override_settings

from conference.mail.filling import is_within_address, places_in, prepare

HOME = "http://localhost:8000"
HOSTILE = "[Win](http://evil.test) <b> {edition} {{ settings.SECRET_KEY }} http://evil.test"


def filled(text, subject="A subject", language="en", **values):
    prepared = prepare(subject=subject, text=text, language=language, addresses={"link"})
    return prepared.filled(values)


@override_settings(SITE_URL=HOME)
class FillingTests(TestCase):
    def test_markdown_becomes_html_and_stays_readable_as_text(self):
        _subject, text, html = filled("Dear **you**,\n\n- one\n- two")

        self.assertIn("Dear you,\n\n- one\n- two\n", text)
        self.assertIn("<strong>you</strong>", html)
        self.assertIn("<li>two</li>", html)

    def test_text_is_without_the_marks_of_markdown(self):
        for markdown, expected in {
            "## When\n\nOn *Monday*": "When\n\nOn Monday",
            "**Bring *your* ticket**, __please__": "Bring your ticket, please",
            "***Soon***: **[the page]({link})**": f"Soon: the page: {HOME}/a_b_c/",
            "**over\ntwo lines**": "over\ntwo lines",
            "_Dear_ **{name}**": "Dear *Ada*",
        }.items():
            with self.subTest(markdown):
                self.assertIn(f"\n\n{expected}\n", "\n\n" + self.text_of(markdown))

    def test_stars_and_lines_that_stress_nothing_stay(self):
        for words in (
            "* one\n* two", "2 * 3 * 4", "5*3*2", "snake_case_name", "https://x.test/_a_/b_c_d", "**open",
            "**a\n\nb**", "`**as it is**`", "#hash", "* and *", "a ** b ** c",
        ):  # fmt: skip
            with self.subTest(words):
                self.assertIn(f"\n\n{words}\n", "\n\n" + self.text_of(words))

    def text_of(self, markdown):
        _subject, text, _html = filled(markdown, name="*Ada*", link=f"{HOME}/a_b_c/")
        return text

    def test_name_is_text_in_both_parts_whatever_it_looks_like(self):
        _subject, text, html = filled("Dear {name},", name=HOSTILE)

        self.assertIn(f"Dear {HOSTILE},", text)
        self.assertIn("Dear [Win](http:<span></span>//evil.test) &lt;b&gt; {edition} {{ settings", html)
        self.assertNotIn('href="http://evil', html)

    def test_a_name_that_looks_like_our_own_marks_is_not_filled_again(self):
        for name in (
            "https://places.invalid/link/",
            "https://places.invalid/nothing/",
            f"{HOME}/https://places.invalid/link/",
            "\ue000link\ue001",
            "{link}",
        ):
            with self.subTest(name=name):
                subject, text, html = filled(
                    "Dear {name},\n\n{link}", subject="For {name}", name=name, link=f"{HOME}/secret/"
                )

                self.assertEqual(subject, f"For {name}")
                self.assertIn(f"Dear {name},", text)
                self.assertEqual(text.count("/secret/"), 1)
                self.assertEqual(html.count(f'href="{HOME}/secret/"'), 1)

    def test_subject_stays_on_one_line(self):
        subject, _text, _html = filled("x", subject="For {name}", name="A\r\nBcc: b@example.org")

        self.assertEqual(subject, "For A Bcc: b@example.org")

    def test_address_alone_in_its_paragraph_is_a_button(self):
        _subject, text, html = filled("Here:\n\n{link}", link=f"{HOME}/e/?a=1&b=2")

        self.assertIn(f"\n\n{HOME}/e/?a=1&b=2\n", text)
        self.assertIn(f'<a href="{HOME}/e/?a=1&amp;b=2" style="display:inline-block', html)

    def test_address_is_the_target_of_a_link(self):
        _subject, text, html = filled("See [the page]({link}).", link=f"{HOME}/e/")

        self.assertIn(f"See the page: {HOME}/e/.", text)
        self.assertIn(f'<a href="{HOME}/e/"', html)

    def test_several_lines_stay_lines(self):
        _subject, text, html = filled("{workshops}", workshops="One\nTwo & three")

        self.assertIn("One\nTwo & three", text)
        self.assertIn("One<br>\nTwo &amp; three", html)

    def test_own_html_and_marks_of_ours_do_nothing(self):
        _subject, _text, html = filled("<script>x</script> \ue000name\ue001 https://places.invalid/name/")

        self.assertNotIn("<script>", html)
        self.assertNotIn("places.invalid", html)

    def test_places_are_found_however_they_are_written(self):
        self.assertEqual(
            places_in("{name} {{ link }} {user.password} {} { and"), {"name", "link", "user.password", ""}
        )

    def test_a_name_cannot_be_the_target_of_a_link(self):
        self.assertTrue(is_within_address("[x](http://evil.test/{name})", {"link"}))
        self.assertFalse(is_within_address("[{name}]({link})", {"link"}))
