"""Every page of the admin when whatever people may write is an attack: words stay words, and lists leave as texts."""

import csv
import io
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.db import IntegrityError, models, transaction
from django.test import TestCase, override_settings
from django.urls import reverse
from openpyxl import load_workbook

from conference.models import User
from conference.sheets.cells import BOM
from registration.models import Letter
from tests import undrawn
from tests.registration import test_admin_roles
from tests.test_mail_links import everything

pytestmark = pytest.mark.once

HOSTILE = '=1+1"><script>alert(1)</script><img src=x onerror=alert(2)>'
EVIL_LINK = "javascript:alert(3)"
ALIVE = re.compile(r"<script>alert|<img src=x|(href|src|action|formaction)\s*=\s*[\"']?\s*javascript:", re.I)
TRIGGERS = tuple("=+-@|%＝＋－＠｜％\t\r\n")
OURS = ("conference", "conference_sessions", "registration", "speakers")
OF_PEOPLE = ("conference_user_sheet", "registration_registration_sheet", "conference_outbox_sheet")
# Texts with a meaning of their own, which nobody types.
MEANT = {"password", "time_zone", "language", "currency", "status", "kind", "file", "format", "content_type",
         "object_repr", "key", "task", "occasion"}  # fmt: skip


def texts_of(model):
    """Columns for what people write, as long as it is free."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        is_other = isinstance(field, models.SlugField | models.EmailField) or field.unique
        is_short = field.max_length is not None and field.max_length < len(HOSTILE)
        name = re.sub(r"_(en|nl|fr|de)$", "", field.name)
        if is_text and not is_other and not is_short and name not in MEANT:
            yield field


def is_a_page(answer):
    """Data and papers are none, and with nosniff no browser takes them for one."""
    return answer["Content-Type"].split(";")[0] not in ("application/json", "application/pdf", "image/png")


def write_it_everywhere():
    """Into every text of every row, past all forms; how many columns took it."""
    taken = 0
    for model in apps.get_models():
        if model._meta.app_label not in OURS or not model._meta.managed or model._meta.proxy:
            continue
        for field in texts_of(model):
            value = EVIL_LINK if isinstance(field, models.URLField) else HOSTILE
            try:
                with transaction.atomic():
                    taken += bool(model._base_manager.update(**{field.name: value}))
            except IntegrityError:
                continue  # a text that the database itself keeps in order
    Letter.objects.update(subjects={"en": HOSTILE}, texts={"en": HOSTILE})
    return taken


@override_settings(STAFF_SECOND_FACTOR=False, **undrawn.SETTINGS)
class HostileAdminCase(TestCase):
    maxDiff = None
    address = test_admin_roles.RoleMatrixTests.address
    names = test_admin_roles.RoleMatrixTests.names
    pages = test_admin_roles.RoleMatrixTests.pages
    expected = test_admin_roles.RoleMatrixTests.expected

    @classmethod
    def setUpTestData(cls):
        """One of everything, as the matrix of roles has it."""
        test_admin_roles.RoleMatrixTests.setUpTestData.__func__(cls)


class WordsStayWordsTests(HostileAdminCase):
    def test_on_no_page_does_a_text_become_markup_or_an_address_of_script(self):
        with self.captureOnCommitCallbacks():
            self.assertGreater(write_it_everywhere(), 100)
        LogEntry.objects.create(
            user=self.staff["superuser"], action_flag=2, change_message=HOSTILE, object_repr=HOSTILE,
        )  # fmt: skip
        self.client.force_login(self.staff["superuser"])
        self.client.raise_request_exception = False
        wrong, shown = {}, 0
        for name, address in [*self.pages(), *self.more()]:
            answer = self.client.get(address, follow=True)
            page = answer.content.decode(errors="replace")
            shown += "&lt;script&gt;alert(1)" in page or "\\u003Cscript" in page
            found = ALIVE.search(page) if is_a_page(answer) else None
            if answer.status_code >= 500 or found or answer["X-Content-Type-Options"] != "nosniff":
                wrong[name, address] = answer.status_code, found and page[found.start() - 80 :][:200]

        self.assertEqual(wrong, {})
        self.assertGreater(shown, 60)

    def more(self):
        """What the matrix does not ask for: searches, what fields offer while one types, the trail, the front page."""
        pages = [("index", "/admin/"), ("trail", "/admin/trail/?q=script")]
        for model, one in admin.site._registry.items():
            label = f"{model._meta.app_label}_{model._meta.model_name}"
            changelist = reverse(f"admin:{label}_changelist")
            pages += [(label, f"{changelist}?q=script%3E&edition=all"), (label, f"{changelist}?edition=all")]
            for name in one.autocomplete_fields:
                asked = (
                    f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={name}"
                )
                pages.append((f"{label} {name}", f"/admin/autocomplete/?{asked}"))
        return pages


class EveryListTests(HostileAdminCase):
    def taken(self, address, form):
        """With every column that is offered."""
        page = self.client.get(address)
        columns = dict(page.context["form"].fields["columns"].choices)
        self.assertEqual(len(set(columns.values())), len(columns), f"{address} offers one heading twice")
        cache.clear()  # nobody takes so many lists in an hour
        return self.client.post(address, {"form": form, "columns": list(columns)})

    def sheets(self):
        return [(name, address) for name, address in self.pages() if name.endswith("_sheet")]

    def test_each_leaves_as_texts_in_both_forms_with_every_column(self):
        write_it_everywhere()
        self.client.force_login(self.staff["superuser"])
        marked = 0
        for name, address in self.sheets():
            address += "?edition=all" if "edition" in self.filters(name) else ""
            written = self.taken(address, "csv")
            self.assertEqual(written.status_code, 200, name)
            cells = [
                cell
                for row in csv.reader(io.StringIO(written.content.decode().removeprefix(BOM), newline=""))
                for cell in row
            ]
            self.assertEqual([cell for cell in cells if cell.startswith(TRIGGERS)], [], name)
            marked += sum(cell.startswith("'=1+1") for cell in cells)
            book = load_workbook(io.BytesIO(self.taken(address, "xlsx").content), data_only=False).active
            found = [cell for row in book.iter_rows() for cell in row if cell.value is not None]
            self.assertGreater(len(found), 0, name)
            self.assertEqual({(cell.data_type, cell.hyperlink) for cell in found}, {("s", None)}, name)
        self.assertGreater(marked, 40)

    def filters(self, name):
        model = next(
            one
            for one in admin.site._registry
            if name == f"{one._meta.app_label}_{one._meta.model_name}_sheet"
        )
        return {getattr(one, "parameter_name", "") for one in admin.site._registry[model].list_filter}

    def test_strange_filters_give_a_clear_answer_and_take_nothing_out(self):
        self.client.force_login(self.staff["superuser"])
        self.client.raise_request_exception = False
        LogEntry.objects.all().delete()
        strange = [
            "q=" + "x" * 10_240, "q=%3D1%2B1", "q=%27%22%3Cscript%3E", "o=9.9.-9", "o=abc", "p=99999999", "e=1", "all=x",
            "password__startswith=a", "user__password__startswith=a", "edition=" + "9" * 25, "id__in=" + "1," * 5_000,
            "text__contains=x", "q=%00", "edition=%00", "_popup=1&_to_field=password",
        ]  # fmt: skip
        for name, address in self.sheets():
            for query in strange if name in OF_PEOPLE else strange[:3]:
                status = self.client.get(f"{address}?{query}").status_code
                self.assertIn(status, (200, 302, 400, 404), (name, query[:40]))
        for query in ("password__startswith=a", "text__contains=x", "q=%00"):
            address = reverse("admin:conference_user_sheet") + f"?{query}"
            answer = self.client.post(address, {"form": "csv", "columns": ["name"]})
            self.assertIn(answer.status_code, (302, 400, 404), query)
        self.assertEqual(LogEntry.objects.count(), 0)

    def test_no_list_offers_what_only_the_site_may_know(self):
        secret = {
            "password",
            "token",
            "token_hash",
            "ticket_code",
            "text",
            "html",
            "invitation_token",
            "file",
            "code",
        }
        self.client.force_login(self.staff["superuser"])
        for name, address in self.sheets():
            columns = {
                key for key, _words in self.client.get(address).context["form"].fields["columns"].choices
            }
            self.assertEqual(columns & secret, set(), name)

    def test_needs_are_columns_for_those_only_who_may_read_them_and_never_chosen_beforehand(self):
        address = reverse("admin:registration_registration_sheet")
        for role in ("registration desk", "organiser"):
            self.client.force_login(self.staff[role])
            field = self.client.get(address).context["form"].fields["columns"]
            self.assertIn("dietary_needs", [key for key, _words in field.choices])
            self.assertEqual({"dietary_needs", "access_needs"} & set(field.initial), set())
        group = self.staff["registration desk"].groups.get()
        group.permissions.remove(group.permissions.get(codename="view_needs"))
        self.client.force_login(User.objects.get(pk=self.staff["registration desk"].pk))
        forged = {"form": "csv", "columns": ["reference", "dietary_needs"]}

        field = self.client.get(address).context["form"].fields["columns"]
        answer = self.client.post(address, forged)

        self.assertNotIn("dietary_needs", [key for key, _words in field.choices])
        self.assertNotIn("attachment", answer.get("Content-Disposition", ""))


class SendingTests(HostileAdminCase):
    """What one may not open one may not send either, whatever is in the form."""

    FORGED = {
        "post": "yes", "_save": "1", "step": "send", "form": "csv", "columns": "name", "confirm": "1", "printed": "1",
        "action": "delete_selected", "is_superuser": "on", "status": "confirmed", "reason": "x", "subject_en": "x",
    }  # fmt: skip

    def test_every_page_that_is_closed_to_a_role_takes_nothing_from_it(self):
        before = everything()
        for role in ("helper", "registration desk", "programme editor"):
            self.client.force_login(self.staff[role])
            closed = [(name, address) for name, address in self.pages() if self.expected(name, role) == 403]
            self.assertGreater(len(closed), 20, role)
            statuses = {name: self.client.post(address, self.FORGED).status_code for name, address in closed}
            self.assertEqual(
                {name: status for name, status in statuses.items() if status not in (403, 405)}, {}, role
            )
            self.assertEqual(changed(before, everything()), {}, role)

    def test_whoever_may_only_look_changes_nothing_by_sending_the_form(self):
        before = everything()
        for role in test_admin_roles.ROLES[:-1]:
            self.client.force_login(self.staff[role])
            for name, address in self.pages():
                letters = test_admin_roles.table().get(test_admin_roles.model_of(name), {}).get(role, "-")
                if name.endswith("_change") and name not in test_admin_roles.SPECIAL and "C" not in letters:
                    self.assertEqual(self.client.post(address, self.FORGED).status_code, 403, (role, name))
        self.assertEqual(changed(before, everything()), {})


def changed(before, after):
    """By model, without what a log-in and a look leave behind."""
    passing = {"conference.User"}
    return {
        label: (len(before[label]), len(rows))
        for label, rows in after.items()
        if rows != before[label] and label not in passing
    }
