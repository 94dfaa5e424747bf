"""Apps look only downward, and no file grows past what one sitting can read."""

import ast
from functools import cache
from pathlib import Path

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ["conference", "speakers", "sessions", "registration"]  # ground floor first
FRONT_DOOR = ("conference/urls.py", "conference/views.py", "conference/management/")
LAYERS = ["models", "services", "forms", "views"]  # inside an app, lowest first
LONGEST = 300
INLINE = (" style=", "<style", "<script>", " onclick=", "javascript:")


def source_files() -> list[Path]:
    files = [path for app in FLOORS for path in (ROOT / app).rglob("*.py")]
    return [path for path in files if "migrations" not in path.parts]


@cache
def imported_by(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return names


def upward_imports() -> list[str]:
    found = []
    for path in source_files():
        place = path.relative_to(ROOT).as_posix()
        above = set(FLOORS[FLOORS.index(place.split("/")[0]) + 1 :])
        if not place.startswith(FRONT_DOOR):
            apps = {name.split(".")[0] for name in imported_by(path)}
            found += [f"{place} imports {app}" for app in apps & above]
    return sorted(found)


def layer_of(name: str) -> str:
    """The layer a dotted name of ours belongs to, or nothing."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] in FLOORS and parts[1] in LAYERS else ""


def imports_against_the_layers() -> list[str]:
    found = []
    for path in source_files():
        place = path.relative_to(ROOT).as_posix()
        own = layer_of(place.removesuffix(".py").replace("/", "."))
        if own and not place.startswith(FRONT_DOOR):
            above = LAYERS[LAYERS.index(own) + 1 :]
            found += [f"{place} imports {name}" for name in imported_by(path) if layer_of(name) in above]
    return sorted(found)


def too_long(paths: list[Path]) -> list[str]:
    return sorted(str(p.relative_to(ROOT)) for p in paths if len(p.read_text().splitlines()) > LONGEST)


class ArchitectureTests(SimpleTestCase):
    def test_apps_import_only_downward(self):
        self.assertEqual(upward_imports(), [])

    def test_models_know_no_services_and_services_no_views(self):
        self.assertEqual(imports_against_the_layers(), [])

    def test_no_file_is_longer_than_300_lines(self):
        self.assertEqual(too_long(source_files()), [])

    def test_no_test_template_style_or_script_is_longer_than_300_lines(self):
        others = [
            *(ROOT / "tests").rglob("*.py"),
            *(ROOT / "templates").rglob("*.html"),
            *(ROOT / "static" / "css").rglob("*.css"),
            *(ROOT / "static" / "js").glob("*.js"),
        ]
        self.assertEqual(too_long(others), [])

    def test_days_and_translated_forms_come_from_where_all_languages_are_thought_of(self):
        only_in = {
            "from django.utils.formats import date_format": [],  # conference.dates has one
            "from modeltranslation.admin": [],
            "from modeltranslation import admin": ["translated.py"],
        }
        texts = [(path.name, path.read_text()) for path in source_files()]
        for words, places in only_in.items():
            self.assertEqual([name for name, text in texts if words in text], places, words)

    def test_no_template_takes_a_name_used_by_the_admin(self):
        folder = ROOT / "templates" / "registration"
        reserved = ("login", "logged_out", "logout", "password_")
        taken = [path.name for path in folder.glob("*.html") if path.name.startswith(reserved)]
        self.assertEqual(taken, [])

    def test_no_page_holds_inline_style_or_script(self):
        """Mail is not a page: its programs know no style sheets."""
        pages = [p for p in (ROOT / "templates").rglob("*.html") if "mail" not in p.parts]
        found = [p.name for p in pages if any(word in p.read_text() for word in INLINE)]
        self.assertEqual(found, [])
