"""Static files are named by their content, and scripts ask each other by those names."""

import re

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from conference.static_storage import StaticStorage


def test_a_script_imports_another_by_its_hashed_name(tmp_path, settings):
    settings.STATIC_ROOT = str(tmp_path)
    storage = StaticStorage(location=str(tmp_path), base_url="/static/")
    source = FileSystemStorage(location=str(tmp_path))
    source.save("main.js", ContentFile(b'import { go } from "./part.js";\ngo();\n'))
    source.save("part.js", ContentFile(b"export const go = () => 1;\n"))

    list(storage.post_process({name: (source, name) for name in ("main.js", "part.js")}))

    written = (tmp_path / storage.stored_name("main.js")).read_text()
    assert re.findall(r'from "\./(part\.[0-9a-f]{12}\.js)"', written) == [storage.stored_name("part.js")]
