"""The words that the library began with get their French and German names, where nobody gave them one."""

from importlib import import_module

from django.db import migrations

# By model and address: French, German.
WORDS = {
    "Audience": {
        "teachers": ("Enseignants", "Lehrkräfte"),
        "teacher-educators": ("Formateurs d’enseignants", "Lehrerbildung"),
        "student-teachers": ("Futurs enseignants", "Lehramtsstudierende"),
        "school-leaders": ("Directions d’école", "Schulleitungen"),
        "pupils": ("Élèves et étudiants", "Schülerinnen, Schüler und Studierende"),
        "parents": ("Parents", "Eltern"),
        "youth-workers": ("Animateurs de jeunesse", "Jugendarbeit"),
        "organisations": ("Organisations autour de l’école", "Organisationen rund um die Schule"),
        "policy-makers": ("Responsables politiques", "Politik und Verwaltung"),
        "researchers": ("Chercheurs", "Forschung"),
    },
    "Level": {
        "early-childhood": ("Petite enfance", "Frühe Bildung"),
        "primary": ("Enseignement primaire", "Grundschule"),
        "lower-secondary": ("Secondaire inférieur", "Sekundarstufe I"),
        "upper-secondary": ("Secondaire supérieur", "Sekundarstufe II"),
        "vocational": ("Enseignement professionnel", "Berufliche Bildung"),
        "special-needs": ("Enseignement spécialisé", "Sonderpädagogische Förderung"),
        "higher": ("Enseignement supérieur", "Hochschule"),
        "adult": ("Enseignement pour adultes", "Erwachsenenbildung"),
    },
    "Subject": {
        "languages": ("Langues", "Sprachen"),
        "mathematics": ("Mathématiques", "Mathematik"),
        "sciences": ("Sciences", "Naturwissenschaften"),
        "technology": ("Technologie", "Technik"),
        "digital-skills": ("Compétences numériques", "Digitale Kompetenzen"),
        "history": ("Histoire", "Geschichte"),
        "geography": ("Géographie", "Geografie"),
        "citizenship": ("Citoyenneté", "Politische Bildung"),
        "economics": ("Économie", "Wirtschaft"),
        "religion-and-ethics": ("Religion et éthique", "Religion und Ethik"),
        "arts": ("Arts", "Kunst"),
        "music": ("Musique", "Musik"),
        "health": ("Santé et soins", "Gesundheit und Pflege"),
        "sport": ("Sport et mouvement", "Sport und Bewegung"),
    },
}
FIRST = import_module("sessions.migrations.0011_library_words").WORDS


def add(apps, schema_editor):
    """To words that are still called in English as they were."""
    for model, slug, english, french, german in names():
        words = apps.get_model("conference_sessions", model).objects.filter(slug=slug, name_en=english)
        words.filter(name_fr=None).update(name_fr=french)
        words.filter(name_de=None).update(name_de=german)


def take_back(apps, schema_editor):
    for model, slug, _english, french, german in names():
        words = apps.get_model("conference_sessions", model).objects.filter(slug=slug)
        words.filter(name_fr=french).update(name_fr=None)
        words.filter(name_de=german).update(name_de=None)


def names():
    for model, rows in FIRST.items():
        for slug, english, _dutch in rows:
            yield model, slug, english, *WORDS[model][slug]


class Migration(migrations.Migration):
    dependencies = [("conference_sessions", "0015_programme_in_french_and_german")]
    operations = [migrations.RunPython(add, take_back)]
