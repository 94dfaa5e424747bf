"""Words to begin with: for whom a presentation is, at which level of education, and for which subject."""

from django.db import migrations

# By model: address, English, Dutch; in the order in which they are offered.
WORDS = {
    "Audience": [
        ("teachers", "Teachers", "Leraren"),
        ("teacher-educators", "Teacher educators", "Lerarenopleiders"),
        ("student-teachers", "Student teachers", "Leraren in opleiding"),
        ("school-leaders", "School leaders", "Schoolleiders"),
        ("pupils", "Pupils and students", "Leerlingen en studenten"),
        ("parents", "Parents", "Ouders"),
        ("youth-workers", "Youth workers", "Jeugdwerkers"),
        ("organisations", "Organisations around schools", "Organisaties rond scholen"),
        ("policy-makers", "Policy makers", "Beleidsmakers"),
        ("researchers", "Researchers", "Onderzoekers"),
    ],
    # As in the International Standard Classification of Education (ISCED 2011), told in words of schools.
    "Level": [
        ("early-childhood", "Early childhood", "Kleuteronderwijs"),
        ("primary", "Primary education", "Lager onderwijs"),
        ("lower-secondary", "Lower secondary education", "Secundair onderwijs, onderbouw"),
        ("upper-secondary", "Upper secondary education", "Secundair onderwijs, bovenbouw"),
        ("vocational", "Vocational education", "Beroepsonderwijs"),
        ("special-needs", "Special needs education", "Buitengewoon onderwijs"),
        ("higher", "Higher education", "Hoger onderwijs"),
        ("adult", "Adult education", "Volwassenenonderwijs"),
    ],
    "Subject": [
        ("languages", "Languages", "Talen"),
        ("mathematics", "Mathematics", "Wiskunde"),
        ("sciences", "Sciences", "Wetenschappen"),
        ("technology", "Technology", "Techniek"),
        ("digital-skills", "Digital skills", "Digitale vaardigheden"),
        ("history", "History", "Geschiedenis"),
        ("geography", "Geography", "Aardrijkskunde"),
        ("citizenship", "Citizenship", "Burgerschap"),
        ("economics", "Economics", "Economie"),
        ("religion-and-ethics", "Religion and ethics", "Levensbeschouwing en ethiek"),
        ("arts", "Arts", "Kunst"),
        ("music", "Music", "Muziek"),
        ("health", "Health and care", "Gezondheid en zorg"),
        ("sport", "Sport and movement", "Sport en bewegen"),
    ],
}


def rows_of(model):
    return [
        {"slug": slug, "position": number, "name": english, "name_en": english, "name_nl": dutch}
        for number, (slug, english, dutch) in enumerate(WORDS[model], start=1)
    ]


def add(apps, schema_editor):
    for model in WORDS:
        words = apps.get_model("conference_sessions", model).objects
        for row in rows_of(model):
            words.get_or_create(slug=row["slug"], defaults=row)


def take_back(apps, schema_editor):
    """Those that nobody changed and no presentation has."""
    for model in WORDS:
        words = apps.get_model("conference_sessions", model).objects
        for row in rows_of(model):
            words.filter(presentations=None, **row).delete()


class Migration(migrations.Migration):
    dependencies = [("conference_sessions", "0010_search_index")]
    operations = [migrations.RunPython(add, take_back)]
