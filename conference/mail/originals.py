"""The original words of an automatic mail, for whoever writes others: as its template says them, with examples in it."""

import re

from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference.mail.register import AutomaticMail

COMMENT = re.compile(r"\{#.*?#\}")
SENTENCE = re.compile(
    r"\{% translate \"(?P<plain>[^\"]+)\" %\}"
    r"|\{% blocktranslate[^%]*%\}(?P<block>.*?)(?:\{% plural %\}(?P<plural>.*?))?\{% endblocktranslate %\}",
    re.DOTALL,
)
OTHER_TAGS = re.compile(r"\{%.*?%\}")
VARIABLE = re.compile(r"\{\{ ?(\w+)[^}.]*\}\}")
PATH = re.compile(r"\{\{ ?(\w+)[^}]*\}\}")


def original_of(automatic: AutomaticMail, language: str) -> tuple[str, str]:
    """Subject and text in this language; what depends on the case stands one below the other."""
    source = get_template(f"mail/{automatic.name}.txt").template.source  # type: ignore[attr-defined]
    with override(language):
        said = SENTENCE.sub(_translated, COMMENT.sub("", source))
    said = PATH.sub(r"{\1}", OTHER_TAGS.sub("", said)).strip()
    for name, slot in automatic.slots.items():
        if plain := VARIABLE.fullmatch(slot.source):  # as its place is called
            said = said.replace(f"{{{plain[1]}}}", f"{{{name}}}")
    subject, _newline, text = said.partition("\n")
    return subject.strip(), re.sub(r"\n{3,}", "\n\n", text).strip()


def _translated(found: re.Match[str]) -> str:
    if found["plain"]:
        return _(found["plain"])
    return _(VARIABLE.sub(r"%(\1)s", found["block"])).replace("%(", "{").replace(")s", "}")
