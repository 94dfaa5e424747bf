from django.test import SimpleTestCase

from registration.groups.dealing import Person, Target, deal

BELGIUM = Target(1, values=frozenset({"BE", "NL"}))
ITALY = Target(2, values=frozenset({"IT"}))
OTHERS = Target(3, home="others")
OBSERVERS = Target(4, home="observers")
ALL = [BELGIUM, ITALY, OTHERS, OBSERVERS]


class DealTests(SimpleTestCase):
    def one(self, *values, targets=ALL, **fields):
        return deal(targets, [Person(1, values, **fields)])[1]

    def test_a_value_leads_to_its_group_and_any_other_to_everyone_else(self):
        found = [self.one(value) for value in ("BE", "NL", "IT", "NO", "")]

        self.assertEqual(found, [1, 1, 2, 3, 3])
        self.assertEqual(self.one(), 3)

    def test_observers_sit_together_only_where_they_have_a_group(self):
        self.assertEqual(self.one("BE", observes=True), 4)
        self.assertEqual(self.one("BE", observes=True, targets=[BELGIUM, OTHERS]), 1)

    def test_without_a_home_nobody_is_put_anywhere(self):
        self.assertIsNone(self.one("NO", targets=[BELGIUM, ITALY]))

    def test_who_is_kept_stays_unless_the_group_is_gone(self):
        self.assertEqual(self.one("BE", kept=2), 2)
        self.assertEqual(self.one("BE", kept=99), 1)

    def test_groups_of_the_same_value_are_filled_evenly_up_to_their_limits(self):
        targets = [Target(1, values=frozenset("x"), maximum=2), Target(2, values=frozenset("x"), maximum=4)]

        dealt = deal(targets, [Person(number, ("x",)) for number in range(6)])

        self.assertEqual([list(dealt.values()).count(group) for group in (1, 2)], [2, 4])

    def test_a_full_group_still_takes_its_people_so_that_the_organiser_sees_it(self):
        targets = [Target(1, values=frozenset({"BE"}), maximum=1), OTHERS]

        self.assertEqual(set(deal(targets, [Person(n, ("BE",)) for n in range(3)]).values()), {1})

    def test_the_order_in_which_people_come_does_not_matter(self):
        targets = [Target(1, values=frozenset("x")), Target(2, values=frozenset("x"))]
        people = [Person(number, ("x",)) for number in range(9)]

        self.assertEqual(deal(targets, people), deal(targets, reversed(people)))
