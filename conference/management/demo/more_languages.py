"""French and German for what the coming edition says; the editions before it stay in English and Dutch.

What has no French or German here is shown in English, and marked as English: as on a site whose organisers have not
translated everything.
"""

from typing import Any

from modeltranslation.translator import translator

from conference.models import Edition
from conference.trail.records import note

# English: French, German.
TEXTS: dict[str, tuple[str, str]] = {
    "Pupil Mobility Conferences": ("Conférences sur la mobilité des élèves", "Konferenzen zur Schülermobilität"),
    "A demonstration. Its programme of 2024 is real; its people and registrations are invented.": (
        "Un exemple. Le programme de 2024 est réel ; les personnes et les inscriptions sont inventées.",
        "Ein Beispiel. Das Programm von 2024 ist echt; die Personen und Anmeldungen sind erfunden."),
    "Registration is open": ("Les inscriptions sont ouvertes", "Die Anmeldung ist offen"),
    "Register, and choose your workshops as soon as they are announced.": (
        "Inscrivez-vous, puis choisissez vos ateliers dès qu’ils sont annoncés.",
        "Melden Sie sich an, und wählen Sie Ihre Workshops, sobald sie bekannt sind."),
    "The programme of the first day stands": (
        "Le programme du premier jour est fixé", "Das Programm des ersten Tages steht"),
    "Who speaks when and where, and what you can book.": (
        "Qui parle quand et où, et ce que vous pouvez réserver.",
        "Wer wann und wo spricht, und was Sie buchen können."),
    "How to get there": ("Comment venir", "Anreise"),
    "Trains, bicycles and parking.": ("Trains, vélos et parkings.", "Züge, Fahrräder und Parkplätze."),
    "A library of all years": ("Une bibliothèque de toutes les années", "Eine Bibliothek aller Jahre"),
    "All presentations are here": ("Toutes les présentations sont ici", "Alle Präsentationen sind hier"),
    "Conferences on individual pupil mobility": (
        "Conférences sur la mobilité individuelle des élèves", "Konferenzen zur individuellen Schülermobilität"),
    "From a term abroad to a diploma at home": (
        "D’un semestre à l’étranger au diplôme chez soi", "Vom Halbjahr im Ausland zum Abschluss zu Hause"),
    "IPM & Recognition, 2nd edition": (
        "Mobilité & reconnaissance, 2e édition", "Mobilität & Anerkennung, 2. Ausgabe"),
    "Two days about pupils who learn abroad and schools that recognise it. Invented for the demonstration.": (
        "Deux jours sur les élèves qui apprennent à l’étranger et les écoles qui le reconnaissent. Inventé pour l’exemple.",
        "Zwei Tage über Lernende im Ausland und Schulen, die das anerkennen. Für das Beispiel erfunden."),
    "Teachers, school heads, pupils and policy makers work on what is still in the way of **recognition**.\n\n"
    "Taking part is free. Choose one workshop in each round when you register.": (
        "Enseignants, directions, élèves et responsables politiques travaillent sur ce qui entrave encore la "
        "**reconnaissance**.\n\nLa participation est gratuite. Choisissez un atelier par tour en vous inscrivant.",
        "Lehrkräfte, Schulleitungen, Lernende und Verantwortliche der Politik arbeiten an dem, was der **Anerkennung** "
        "noch im Weg steht.\n\nDie Teilnahme ist kostenlos. Wählen Sie bei der Anmeldung einen Workshop pro Runde."),
    "Ghent": ("Gand", "Gent"),
    "The Weavers' House": ("La Maison des tisserands", "Das Weberhaus"),
    "Tram 1 stops at the door.": ("Le tram 1 s’arrête devant la porte.", "Die Straßenbahn 1 hält vor der Tür."),
    "Hall": ("Grande salle", "Großer Saal"),
    "Room 1": ("Salle 1", "Raum 1"),
    "Room 2": ("Salle 2", "Raum 2"),
    "Room 3": ("Salle 3", "Raum 3"),
    "Recognition": ("Reconnaissance", "Anerkennung"),
    "Teaching": ("Enseigner", "Unterrichten"),
    "Plenary": ("Plénière", "Plenum"),
    "Panel": ("Table ronde", "Podium"),
    "Workshop": ("Atelier", "Workshop"),
    "Country group": ("Groupe par pays", "Ländergruppe"),
    "Country groups": ("Groupes par pays", "Ländergruppen"),
    "Social": ("Rencontre", "Begegnung"),
    "Seminar": ("Séminaire", "Seminar"),
    "Guest lecture": ("Conférence invitée", "Gastvortrag"),
    "Learning week": ("Semaine d’apprentissage", "Lernwoche"),
    "Day": ("Jour", "Tag"),
    "Coffee": ("Café", "Kaffee"),
    "Lunch": ("Déjeuner", "Mittagessen"),
    "Opening: what has changed since Mechelen": (
        "Ouverture : ce qui a changé depuis Malines", "Eröffnung: was sich seit Mechelen geändert hat"),
    "Recognising a term abroad: one school's file, step by step": (
        "Reconnaître un semestre à l’étranger : le dossier d’une école, pas à pas",
        "Ein Halbjahr im Ausland anerkennen: die Akte einer Schule, Schritt für Schritt"),
    "Interviewing pupils after their return": (
        "Interroger les élèves après leur retour", "Lernende nach ihrer Rückkehr befragen"),
    "Finding a partner school without a network": (
        "Trouver une école partenaire sans réseau", "Eine Partnerschule finden ohne Netzwerk"),
    "Pupils on what nobody prepared them for": (
        "Ce à quoi personne n’avait préparé les élèves", "Worauf niemand die Lernenden vorbereitet hat"),
    "Difficult conversations in an international class": (
        "Conversations difficiles dans une classe internationale", "Schwierige Gespräche in einer internationalen Klasse"),
    "Writing a learning agreement that holds": (
        "Rédiger un contrat d’apprentissage qui tient", "Eine Lernvereinbarung schreiben, die hält"),
    "What ministries can decide tomorrow": (
        "Ce que les ministères peuvent décider demain", "Was Ministerien morgen entscheiden können"),
    "Country groups: from plan to first step": (
        "Groupes par pays : du plan au premier pas", "Ländergruppen: vom Plan zum ersten Schritt"),
    "An evening walk through the old town": (
        "Une promenade du soir dans la vieille ville", "Ein Abendspaziergang durch die Altstadt"),
    "The hour will be announced.": ("L’heure sera annoncée.", "Die Uhrzeit wird noch bekannt gegeben."),
    "About": ("À propos", "Über uns"),
    "Privacy": ("Vie privée", "Datenschutz"),
    "Accessibility": ("Accessibilité", "Barrierefreiheit"),
    "Code of conduct": ("Code de conduite", "Verhaltensregeln"),
    "Contact": ("Contact", "Kontakt"),
    "Venue and travel": ("Lieu et accès", "Ort und Anreise"),
    "Participant": ("Participant", "Teilnahme"),
    "Pupil or student": ("Élève ou étudiant", "Lernende und Studierende"),
    "Both days, workshops and lunch": (
        "Les deux jours, ateliers et déjeuner", "Beide Tage, Workshops und Mittagessen"),
    "With a teacher who is registered too": (
        "Avec un enseignant également inscrit", "Mit einer Lehrkraft, die auch angemeldet ist"),
    "Researcher": ("Chercheur", "Forschung"),
    "The organisers read what you write and decide": (
        "Les organisateurs lisent ce que vous écrivez et décident", "Das Organisationsteam liest, was Sie schreiben, und entscheidet"),
    "Invited guest": ("Invité", "Geladener Gast"),
    "Company or public body": ("Entreprise ou organisme public", "Unternehmen oder Behörde"),
    "Workshops of the second afternoon": ("Ateliers du second après-midi", "Workshops des zweiten Nachmittags"),
    "Lunches and materials, without VAT. Ask for an invoice and pay it by bank transfer within 30 days.": (
        "Déjeuners et matériel, hors TVA. Demandez une facture et payez-la par virement dans les 30 jours.",
        "Mittagessen und Material, ohne Mehrwertsteuer. Fordern Sie eine Rechnung an und überweisen Sie sie binnen 30 Tagen."),
    "Learning agreements": ("Contrats d’apprentissage", "Lernvereinbarungen"),
    "Intercultural learning": ("Apprentissage interculturel", "Interkulturelles Lernen"),
    "Partnerships": ("Partenariats", "Partnerschaften"),
    "Policy": ("Politique", "Politik"),
    "The voice of pupils": ("La voix des élèves", "Die Stimme der Lernenden"),
    "Telling a host family's story in class": (
        "Raconter en classe l’histoire d’une famille d’accueil", "Die Geschichte einer Gastfamilie in der Klasse"),
    "Marks from abroad: a workshop with real files": (
        "Des notes venues d’ailleurs : un atelier avec de vrais dossiers", "Noten aus dem Ausland: ein Workshop mit echten Akten"),
    "A semester plan that survives the first week": (
        "Un plan de semestre qui survit à la première semaine", "Ein Semesterplan, der die erste Woche übersteht"),
    "Parents who doubt: practising the talk": (
        "Des parents qui doutent : s’exercer à l’entretien", "Eltern, die zweifeln: das Gespräch üben"),
    "Podcasting with pupils on exchange": (
        "Faire des podcasts avec des élèves en échange", "Podcasts mit Lernenden im Austausch"),
    "Lunch on both days": ("Déjeuner les deux jours", "Mittagessen an beiden Tagen"),
    "Vegetarian": ("Végétarien", "Vegetarisch"),
    "Fish": ("Poisson", "Fisch"),
    "I bring my own": ("J’apporte le mien", "Ich bringe selbst etwas mit"),
    "In which languages can you work?": (
        "Dans quelles langues pouvez-vous travailler ?", "In welchen Sprachen können Sie arbeiten?"),
    "English": ("Anglais", "Englisch"),
    "Dutch": ("Néerlandais", "Niederländisch"),
    "French": ("Français", "Französisch"),
    "Do you need a hotel room?": ("Avez-vous besoin d’une chambre d’hôtel ?", "Brauchen Sie ein Hotelzimmer?"),
    "For how many nights?": ("Pour combien de nuits ?", "Für wie viele Nächte?"),
    "Which teacher comes with you?": ("Quel enseignant vous accompagne ?", "Welche Lehrkraft begleitet Sie?"),
    "Whom may we call in an emergency?": ("Qui pouvons-nous appeler en cas d’urgence ?", "Wen dürfen wir im Notfall anrufen?"),
    "Only for the first aiders.": ("Uniquement pour les secouristes.", "Nur für die Ersthelfenden."),
    "Photos in which I can be seen may stand on this site.": (
        "Les photos où l’on me voit peuvent figurer sur ce site.", "Fotos, auf denen ich zu sehen bin, dürfen auf dieser Website stehen."),
    "For the archive of the conference.": ("Pour les archives de la conférence.", "Für das Archiv der Konferenz."),
    "Belgium and the Netherlands": ("Belgique et Pays-Bas", "Belgien und die Niederlande"),
    "Italy and Portugal": ("Italie et Portugal", "Italien und Portugal"),
    "Latvia and Finland": ("Lettonie et Finlande", "Lettland und Finnland"),
    "France and Germany": ("France et Allemagne", "Frankreich und Deutschland"),
    "Other countries": ("Autres pays", "Andere Länder"),
    "Observers": ("Observateurs", "Beobachtende"),
}  # fmt: skip


def load() -> None:
    for model in translator.get_registered_models(abstract=False):
        said = set().union(
            *(say(model, field) for field in translator.get_options_for_model(model).all_fields)
        )
        note(model._default_manager.filter(pk__in=said))
    Edition.objects.exclude(slug="second-conference").update(languages="en,nl")


def say(model: type, field: str) -> set[Any]:
    """The keys of the rows that have more languages now."""
    rows = model._default_manager.filter(**{f"{field}_en__in": TEXTS})  # type: ignore[attr-defined]
    found = list(rows.values_list("pk", f"{field}_en"))
    for key, english in found:
        french, german = TEXTS[english]
        rows.filter(pk=key).update(**{f"{field}_fr": french, f"{field}_de": german})
    return {key for key, _english in found}
