import time
import zipfile
from datetime import UTC, date, datetime
from datetime import time as clock
from io import BytesIO

import pytest

from sessions.exchange.reading import by_words, guessed, sheet_in
from sessions.exchange.reading.cells import of_xlsx
from tests.sessions.exchange.reading.samples import csv, only, read, refusal, xlsx

DUTCH = [
    "Titel;Datum;Begin;Einde;Zaal;Sprekers;Taal",
    "Eén dag;13-03-2027;09.30;10.15;Aula;Ada <ada@x.test>; nl",
]


def local(text):
    return datetime.fromisoformat(text + "+01:00").astimezone(UTC)


def test_a_dutch_sheet_is_understood_by_its_headers():
    found = only(csv(DUTCH[0], "Eén dag;13-03-2027;09.30;10.15;Aula;Ada <ada@x.test>, Bo;Nederlands"))

    assert (found.title, found.room, found.language) == ("Eén dag", "Aula", "nl")
    assert (found.starts_at, found.minutes) == (local("2027-03-13T09:30"), 45)
    assert [(person.name, person.email) for person in found.persons] == [("Ada", "ada@x.test"), ("Bo", "")]


def test_an_english_sheet_is_understood_by_its_headers():
    found = only(csv("Title,Start,Duration,Speakers,Links", '"A, b",2027-03-13 09:30,45,"Ada\nBo",x.test'))

    assert (found.title, found.minutes, len(found.persons)) == ("A, b", 45, 2)
    assert found.links[0].url == "https://x.test"


def test_a_workbook_has_real_dates_and_times():
    rows = [["Title", "Date", "Start", "End"], [None], ["A", date(2027, 3, 13), clock(23, 30), clock(0, 30)]]

    found = only(xlsx(*rows))

    assert (found.starts_at, found.minutes) == (local("2027-03-13T23:30"), 60)


def test_columns_may_be_chosen_instead_of_guessed():
    data = csv("What,When", "A,2027-03-13 09:30")

    assert only(data, mapping={0: "title", 1: "start"}).starts_at == local("2027-03-13T09:30")
    assert by_words("title=what, start=When", ["What", "When"]) == {0: "title", 1: "start"}
    with pytest.raises(ValueError, match="start=Nothing"):
        by_words("start=Nothing", ["What"])


def test_headers_are_known_in_every_language_of_the_site():
    for headers in (
        ["Title", "Day", "Start", "Duration", "Room"],
        ["Titel", "Datum", "Begin", "Duur", "Zaal"],
        ["Titre", "Jour", "Début", "Durée", "Salle"],
        ["Titel", "Tag", "Beginn", "Dauer", "Raum"],
    ):
        assert list(guessed(headers).values()) == ["title", "date", "start", "duration", "room"]


def test_each_meaning_is_guessed_once():
    assert guessed(["Titel", "title", "TITEL", "Zaal"]) == {0: "title", 3: "room"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_of_spreadsheets_is_read_right(encoding):
    data = "Titel;Zaal\nEén café;Aula".encode(encoding)

    assert only(data).title == "Eén café"
    assert len([r for r in read(data).remarks.kept if "Windows" in r.words]) == (encoding == "cp1252")


def test_rows_are_events_without_a_time_where_none_is_given():
    assert only(csv("title", "A")).starts_at is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (csv("title,start", 'A,"10:00'), "line 2: a quotation mark is not closed, or a cell is too long."),
        (csv("title,start,date", "A,noon,2027-03-13"), "row 2, “start”: “noon” is no time."),
        (csv("title,start", "A,09:30"), "row 2, “start”: a time without a day."),
        (csv("title,start", ",2027-03-13 09:30"), "row 2, “title”: there is no title in this row."),
        (csv("title", "A\0B"), "line 2: this text contains a NUL character."),
        (csv("name of it,when", "A,B"), "say which column is the title"),
        (b"Titel\n\x81\x8d", "the text is in an encoding that is not known here."),
        ("Titel\nA".encode("utf-16-le"), "line 1: this text contains a NUL character."),
        (b"  \n ", "this file is empty."),
        (b"%PDF-1.7", "this is neither frab XML or JSON nor a sheet (XLSX or CSV)."),
        (csv("title", *["A"] * 10_001), "row 10002: more than 10000 rows."),
        (csv(",".join(["x"] * 61), "A"), "row 1: more than 60 columns."),
    ],
)
def test_what_is_wrong_in_a_sheet_is_refused_with_its_row(data, words):
    assert refusal(data).startswith(words)


def bomb(sheet):
    """A workbook whose one sheet is replaced by these bytes."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx(["Title"], ["A"]))) as source, zipfile.ZipFile(target, "w", 8) as copy:
        for name in source.namelist():
            copy.writestr(name, sheet if name.endswith("sheet1.xml") else source.read(name))
    return target.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
FIRST = '<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c></row>'
BOMBS = {
    "rows": bomb(SHEET % (FIRST + '<row><c t="n"><v>1</v></c></row>' * 1_000_000)),
    "few rows": bomb(SHEET % (FIRST + '<row><c t="n"><v>1</v></c></row>' * 100_000)),
    "gap": bomb(SHEET % (FIRST + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
    "zeros": bomb("0" * 300_000_000),
    "entities": bomb('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + SHEET % FIRST),
    "truncated": xlsx(["Title"], ["A"])[:-200],
    "no book": bomb(SHEET % FIRST).replace(b"xl/workbook.xml", b"xl/workbook.xmm"),
    "broken": bomb(SHEET % "<row><c><v>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_workbook_is_refused_at_once(name):
    begun = time.process_time()

    assert refusal(BOMBS[name])
    assert time.process_time() - begun < 2


def test_cells_far_to_the_right_are_not_believed():
    data = bomb(
        SHEET
        % (FIRST + '<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="XFD2"><v>1</v></c></row>')
    )

    assert sheet_in(data).rows[0][1][0] == "A"


def test_a_file_beyond_the_limit_is_refused():
    assert refusal(b"title\n" + b"x" * (20 * 1024**2)) == "the file is larger than 20 MB."


def test_french_and_german_headers_are_understood_too():
    french = guessed(["Titre", "Début", "Fin", "Salle", "Intervenants", "Résumé"])
    german = guessed(["Titel", "Beginn", "Ende", "Raum", "Referenten", "Länge"])

    assert list(french.values()) == ["title", "start", "end", "room", "persons", "abstract"]
    assert list(german.values()) == ["title", "start", "end", "room", "persons", "duration"]


def test_a_workbook_has_as_many_columns_as_were_written():
    sheet = of_xlsx(xlsx(["Name", "Room"], ["Ada", "Hall"], ["Olga", None], [None, None, "beside"]))

    assert sheet.headers == ["Name", "Room"]
    assert sheet.rows == [(2, ["Ada", "Hall"]), (3, ["Olga"]), (4, [None, None, "beside"])]
