"""A small library, written for these tests: what stands where is fixed, so that results can be judged by hand."""

# Topics with the other words by which they are found.
TOPICS = {
    "polarisation": ("Polarisation", ["polarisatie", "us versus them", "Polarisierung"]),
    "multilingualism": ("Multilingualism", ["meertaligheid", "plurilinguisme", "Mehrsprachigkeit"]),
    "mobility": ("Pupil mobility", ["mobiliteit", "exchange", "mobilité", "uitwisseling"]),
    "inclusion": ("Inclusive education", ["inclusie", "inclusief onderwijs", "école inclusive"]),
    "gender": ("Gender", ["genre", "gelijke kansen"]),
    "remembrance": ("Remembrance education", ["herinneringseducatie", "Holocaust"]),
    "citizenship": ("Global citizenship", ["wereldburgerschap", "citoyenneté"]),
    "vulnerability": ("Vulnerability", ["kwetsbaarheid", "poverty", "armoede"]),
}
LEVELS = {"primary": "Primary school", "secondary": "Secondary school", "higher": "Higher education"}
SUBJECTS = {"history": "History", "languages": "Languages", "maths": "Mathematics"}
# key: (title, language, topics, level, country, author, description, pages)
PRESENTATIONS = {
    "pol-en": ("Dealing with polarisation in the classroom", "en", "polarisation", "secondary", "BE", "Chris Wyns", "How a teacher keeps a conversation open when opinions harden.", ["Polarisation is a thought construct.", "Pushers, joiners and the silent middle.", "Never ask who is right; ask what is at stake."]),
    "pol-nl": ("Omgaan met polarisatie op school", "nl", "polarisation", "secondary", "BE", "Chris Wyns", "Praktische tips voor leraren in het secundair onderwijs.", ["Wat is polarisatie?", "De bruggenbouwer en de stille middengroep.", "Luisteren zonder te oordelen."]),
    "pol-primary": ("Arguing without fighting", "en", "polarisation", "primary", "NL", "Ada Brug", "Philosophy circles for young children.", ["Sit in a circle.", "A talking stick goes round."]),
    "fake-news": ("Fake news and media literacy", "en", "citizenship", "secondary", "FR", "Luc Moreau", "Pupils check sources of rumours before they share them.", ["Lateral reading: open a second tab.", "Reverse image search shows where a photograph was taken.", "Conspiracy theories feed polarisation."]),
    "multi-nl": ("Meertaligheid als troef in de klas", "nl", "multilingualism", "primary", "BE", "Noor Ferreira", "Thuistalen krijgen een plaats in de lagere school.", ["Elke taal telt.", "Kinderen zingen in hun thuistaal.", "Een talenpaspoort voor elke leerling."]),
    "multi-en": ("Multilingual pupils in mathematics", "en", "multilingualism", "secondary", "DE", "Hanna Vogel", "Language-sensitive teaching of fractions.", ["Word problems are language problems.", "Scaffolding with sentence starters.", "Translanguaging in pairs."]),
    "multi-de": ("Mehrsprachigkeit in der Grundschule", "de", "multilingualism", "primary", "DE", "Hanna Vogel", "Schülerinnen und Schüler vergleichen ihre Sprachen.", ["Sprachen vergleichen macht Freude.", "Wörterbücher aus der Familie.", "Die Sprachbildung beginnt im Kindergarten."]),
    "multi-fr": ("Le plurilinguisme à l'école maternelle", "fr", "multilingualism", "primary", "FR", "Amélie Durand", "Éveil aux langues pour les plus petits élèves.", ["Les comptines du monde.", "Les parents racontent une histoire.", "Le sac d'histoires voyage à la maison."]),
    "taalbeleid": ("Een taalbeleid schrijven", "nl", "multilingualism", "higher", "BE", "Steven Maes", "Stappenplan voor het schoolteam.", ["Beginsituatie in kaart brengen.", "Afspraken over schooltaal.", "Evaluatie van het beleid."]),
    "ipm": ("Individual pupil mobility: progress made so far", "en", "mobility", "secondary", "BE", "Caroline Peeters", "Spending a term at a school abroad.", ["Host families open their doors.", "A learning agreement between both schools.", "Recognition of learning outcomes after the stay."]),
    "recognition": ("Recognising a school year abroad", "en", "mobility", "secondary", "IT", "Giulia Conti", "How Italian schools give credit for what was learned elsewhere.", ["The class council decides.", "Certificates and transcripts of records.", "Pupils present a portfolio."]),
    "mobilite-fr": ("La mobilité individuelle des élèves", "fr", "mobility", "secondary", "FR", "Luc Moreau", "Partir trois mois dans un lycée partenaire.", ["Choisir une famille d'accueil.", "Le contrat d'études.", "La reconnaissance des acquis au retour."]),
    "etwinning": ("Virtual exchange with eTwinning", "en", "mobility", "primary", "PT", "João Silva", "Classes meet online before they travel.", ["A shared blog.", "Video calls with partner classes.", "Travel on a small budget."]),
    "incl-en": ("Inclusive education: every child belongs", "en", "inclusion", "primary", "ZA", "Thandi Nkosi", "Universal design for learning in large classes.", ["Three principles: engagement, representation, expression.", "Peer support in classes of sixty.", "Wheelchairs and doorways."]),
    "incl-nl": ("Co-teaching in de inclusieve klas", "nl", "inclusion", "primary", "BE", "Els Janssens", "Twee leraren, één klas: samen lesgeven aan leerlingen met een beperking.", ["Zes vormen van co-teaching.", "Redelijke aanpassingen.", "Zorgleraar en klasleraar plannen samen."]),
    "incl-fr": ("Vers une école inclusive", "fr", "inclusion", "secondary", "FR", "Amélie Durand", "Accompagner les élèves en situation de handicap.", ["Aménagements raisonnables.", "Le rôle de l'enseignant spécialisé."]),
    "dyslexia": ("Reading with dyslexia", "en", "inclusion", "secondary", "UK", "Mary O'Brien", "Fonts, audio and extra time.", ["Text to speech software.", "Line spacing matters.", "Let pupils choose audio books."]),
    "gender-en": ("Gender in textbooks", "en", "gender", "secondary", "IN", "Priya Nair", "Who is the scientist in the picture?", ["Counting boys and girls in pictures.", "Stereotypes in word problems.", "Rewriting a page together."]),
    "gender-nl": ("Genderbewust lesgeven", "nl", "gender", "higher", "BE", "Els Janssens", "Toekomstige leraren kijken naar hun eigen verwachtingen.", ["Wie krijgt het woord in de klas?", "Rolmodellen in techniek en wetenschap."]),
    "girls-maths": ("Girls who count", "en", "gender", "secondary", "KE", "Wanjiru Kamau", "A mathematics club after school.", ["Role models visit every month.", "Puzzles instead of tests."]),
    "dossin": ("Remembrance education in practice at Kazerne Dossin", "en", "remembrance", "secondary", "BE", "Marc Claes", "A visit to the memorial in Mechelen.", ["From exclusion to deportation.", "Twenty-five thousand portraits on a wall.", "Bystanders had choices."]),
    "herinnering": ("Herinneringseducatie: van toen naar nu", "nl", "remembrance", "secondary", "BE", "Marc Claes", "Bronnen uit de oorlog in de geschiedenisles.", ["Getuigenissen van overlevenden.", "Omstaanders en verzet.", "Mensenrechten vandaag."]),
    "stolpersteine": ("Stolpersteine in unserer Stadt", "de", "remembrance", "secondary", "DE", "Jürgen Weiß", "Jugendliche erforschen die Geschichte ihrer Straße.", ["Namen und Häuser.", "Archive besuchen.", "Eine Gedenkfeier gestalten."]),
    "sdg": ("The global goals in every subject", "en", "citizenship", "secondary", "SE", "Ingrid Ål", "Seventeen goals and one timetable.", ["Goal 13 in chemistry.", "A clothes swap for responsible consumption.", "Water footprints in geography."]),
    "burger-nl": ("Wereldburgerschap in de lagere school", "nl", "citizenship", "primary", "BE", "Noor Ferreira", "Kinderen denken na over eerlijke handel.", ["Waar komt chocolade vandaan?", "Een schoolwinkel met eerlijke producten."]),
    "climate": ("Teaching the climate without despair", "en", "citizenship", "secondary", "NL", "Ada Brug", "Hope is a verb.", ["The carbon cycle in ten minutes.", "Feelings of powerlessness.", "Plans for the school roof: solar panels."]),
    "debate": ("Debating in a foreign language", "en", "citizenship", "secondary", "PL", "Łukasz Nowak", "Model United Nations for beginners.", ["Rules of procedure.", "Writing a resolution.", "Diplomats listen first."]),
    "poverty": ("Poverty at the school gate", "en", "vulnerability", "primary", "BE", "Sofie Lemmens", "Invisible costs and visible shame.", ["An empty lunch box.", "School bills: what can wait?", "Talking with parents."]),
    "armoede-nl": ("Kansarmoede herkennen", "nl", "vulnerability", "primary", "BE", "Sofie Lemmens", "Signalen van armoede in de klas.", ["De maximumfactuur.", "Brugfiguren tussen gezin en school."]),
    "refugees": ("Welcoming newcomers who fled", "en", "vulnerability", "secondary", "GR", "Eleni Papadaki", "Trauma-sensitive teaching for refugee pupils.", ["Safety before grammar.", "Routines calm the body.", "Silence is an answer too."]),
    "wellbeing": ("Mental wellbeing of teachers", "en", "vulnerability", "higher", "FI", "Aino Virtanen", "Burnout is not a personal failure.", ["Workload and control.", "Colleagues who ask.", "Saying no kindly."]),
    "plc": ("Professional learning communities that last", "en", "", "higher", "SG", "Lim Wei", "Teachers study their own lessons together.", ["Lesson study in four steps.", "Protected time in the timetable.", "Observe pupils, not the teacher."]),
    "plg-nl": ("Professionele leergemeenschappen", "nl", "", "higher", "BE", "Steven Maes", "Samen leren als schoolteam.", ["Lesson study in Vlaanderen.", "Kritische vrienden."]),
    "badges": ("Open badges for teachers", "en", "", "higher", "IE", "Mary O'Brien", "Showing what you learned in five clicks.", ["Metadata in a picture.", "Who verifies?"]),
}  # fmt: skip
# key: (title, speakers, abstract)
SESSIONS = {
    "s-us-them": ("Us versus them", ["Chris Wyns"], "A workshop on polarisation with cases from the audience."),
    "s-hubs": ("Stakeholder and knowledge hubs", ["Caroline Peeters"], "Building a national hub for pupil mobility in country groups."),
    "s-voice": ("The voice of pupils, teachers and school heads", ["Giulia Conti"], "A panel about going abroad at sixteen."),
    "s-week": ("Learning week on inclusive education", ["Thandi Nkosi"], "Five days with experts from South Africa, India and Kenya."),
}  # fmt: skip
# key: (title, subtitle, introduction)
PUBLICATIONS = {
    "p-eight": ("Eight years of dialogue", "The impact of international exchange", "Guest lectures and learning weeks on gender, inclusion, multilingualism and vulnerability."),
}  # fmt: skip
BIOGRAPHIES = {"Thandi Nkosi": "Researches inclusion at a university in Pretoria.", "Chris Wyns": "Polarisation strategist and educator."}  # fmt: skip
