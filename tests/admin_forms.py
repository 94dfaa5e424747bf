"""Read an admin form as a browser does, to send it back with changes."""

from html.parser import HTMLParser

from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_user


class FormReader(HTMLParser):
    """Collects what a browser would send for every form of a page."""

    def __init__(self):
        super().__init__()
        self.data, self.select, self.area = {}, None, None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        name, value = found.get("name"), found.get("value")
        if tag == "input" and name and found.get("type") not in ("submit", "file", "button"):
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                self.read_input(name, value or ("on" if found.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select = name
            if "multiple" in found:
                self.data[name] = []
        elif tag == "option" and self.select:
            self.read_option(found)
        elif tag == "textarea":
            self.area, self.data[name] = name, ""

    def read_input(self, name, value):
        """Boxes of one question have one name; what is ticked is sent together."""
        known = self.data.get(name)
        self.data[name] = value if known is None else [*([known] if isinstance(known, str) else known), value]

    def read_option(self, found):
        known = self.data.get(self.select)
        if isinstance(known, list):
            known.extend([found.get("value")] if "selected" in found else [])
        elif "selected" in found or known is None:
            self.data[self.select] = found.get("value", "")

    def handle_data(self, text):
        if self.area:
            self.data[self.area] += text.removeprefix("\n") if not self.data[self.area] else text

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


def read_form(client, address):
    """The data of the form at this address, ready to be changed and posted."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    reader = FormReader()
    reader.feed(response.content.decode())
    return {
        name: value for name, value in reader.data.items() if "__prefix__" not in name and name != "action"
    }


def queries_of(client, address):
    """How many queries this page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def make_staff(group, **fields):
    """A person who may enter the admin as a member of one group."""
    person = make_user(group.title(), is_staff=True, **fields)
    person.groups.add(Group.objects.get(name=group))
    return person
