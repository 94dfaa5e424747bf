import json
from datetime import timedelta

from sessions.models import Kind, Slot, SlotChange
from tests.admin_forms import read_form
from tests.factories import make_session, make_slot
from tests.sessions.schedule_editor import HOUR, NINE, EditorCase


class FormTests(EditorCase):
    """All of it without a script."""

    def send_form(self, session, do="place", **fields):
        address = self.form_of(session)
        page = self.client.get(address)
        form = page.context["forms"][0]
        slot = form["slot"]
        data = {**form["form"].initial, "session": session.guid, "slot": slot.guid if slot else "", "do": do}
        data = {name: "" if value is None else value for name, value in data.items()}
        return self.client.post(address, {**data, **fields}, follow=True)

    def test_a_form_moves_a_slot(self):
        self.send_form(self.keynote, start="14:05", room=self.two.pk)

        self.assertEqual((self.starts(), self.slot.room), (NINE + timedelta(hours=5, minutes=5), self.two))

    def test_the_form_comes_filled_in_and_saving_it_unchanged_is_no_step(self):
        sent = read_form(self.client, self.form_of(self.waiting))
        self.assertEqual((sent["day"], sent["start"], sent["minutes"]), ("2027-03-13", "09:00", "60"))
        self.send_form(self.keynote)

        self.assertEqual((self.starts(), SlotChange.objects.count()), (NINE, 0))

    def test_a_form_gives_a_first_time(self):
        page = self.send_form(self.waiting, start="16:00")

        self.assertRedirects(page, self.address)
        self.assertEqual(self.waiting.slots.get().starts_at, NINE + 7 * HOUR)

    def test_what_is_refused_keeps_what_was_typed_and_may_be_sent_again_as_it_stands(self):
        seen = json.dumps(self.item()["seen"])
        self.move(start="10:00")

        page = self.send_form(self.keynote, start="15:00", seen=seen)

        self.assertContains(page, "Programme Editor moved “Keynote”")
        self.assertContains(page, "Save anyway")
        form = page.context["forms"][0]["form"]
        self.assertEqual(
            (form["start"].value(), form["seen"].value()), ("15:00", json.dumps(self.item()["seen"]))
        )
        self.send_form(self.keynote, start="15:00", seen=form["seen"].value())
        self.assertEqual(self.starts(), NINE + 6 * HOUR)

    def test_a_form_takes_out_and_undo_brings_back(self):
        self.send_form(self.keynote, do="remove")
        self.assertEqual(Slot.objects.count(), 0)

        self.client.post(self.address, {"do": "undo"})

        self.assertEqual(Slot.objects.get().guid, self.slot.guid)

    def test_a_break_is_copied_to_all_rooms(self):
        coffee = make_session(self.edition, "Coffee", kind=Kind.BREAK)
        make_slot(coffee, NINE, room=self.one)

        self.assertNotContains(self.client.get(self.form_of(self.keynote)), "Copy to all rooms")
        self.assertContains(self.client.get(self.form_of(coffee)), "Copy to all rooms")
        self.send_form(coffee, do="copy")

        self.assertEqual(coffee.slots.count(), 2)
