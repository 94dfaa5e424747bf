"""What people type, and what is a good answer: 3 exactly that, 2 good, 1 of some use. Judged before anything ran.

A speaker is judged by the name, everything else by its key in the corpus.
"""

JUDGED = {
    # what it is about, in English
    "polarisation": {"pol-en": 3, "pol-nl": 3, "s-us-them": 3, "pol-primary": 2, "fake-news": 1, "Chris Wyns": 2},
    "polarization": {"pol-en": 3, "pol-nl": 3, "s-us-them": 3, "pol-primary": 2, "fake-news": 1, "Chris Wyns": 2},
    "dealing with polarisation": {"pol-en": 3, "pol-nl": 2, "s-us-them": 1},
    "multilingualism": {"multi-nl": 3, "multi-en": 3, "multi-de": 3, "multi-fr": 3, "taalbeleid": 2, "p-eight": 1},
    "pupil mobility": {"ipm": 3, "recognition": 3, "mobilite-fr": 3, "s-hubs": 2, "etwinning": 2},
    "exchange": {"etwinning": 3, "ipm": 2, "recognition": 2, "mobilite-fr": 2, "p-eight": 1},
    "inclusive education": {"incl-en": 3, "s-week": 3, "incl-nl": 2, "incl-fr": 2, "dyslexia": 2},
    "inclusion": {"incl-en": 3, "incl-nl": 3, "incl-fr": 3, "dyslexia": 2, "s-week": 3, "p-eight": 1, "Thandi Nkosi": 2},
    "gender": {"gender-en": 3, "gender-nl": 3, "girls-maths": 2, "p-eight": 1},
    "remembrance": {"dossin": 3, "herinnering": 3, "stolpersteine": 2},
    "holocaust": {"dossin": 3, "herinnering": 3, "stolpersteine": 3},
    "global citizenship": {"burger-nl": 3, "sdg": 3, "climate": 2, "debate": 2, "fake-news": 2},
    "poverty": {"poverty": 3, "armoede-nl": 3, "refugees": 1, "wellbeing": 1},
    "media literacy": {"fake-news": 3},
    "sustainable goals": {"sdg": 3},
    "climate": {"climate": 3},
    # for whom, where, in which language
    "polarisation secondary school": {"pol-en": 3, "pol-nl": 3},
    "polarisation secondary school in Dutch": {"pol-nl": 3},
    "multilingualism primary school German": {"multi-de": 3},
    "inclusion french": {"incl-fr": 3},
    "mobility italy": {"recognition": 3},
    "inclusive education south africa": {"incl-en": 3, "s-week": 3},
    "mathematics": {"multi-en": 3, "girls-maths": 3},
    "mathematics kenya": {"girls-maths": 3},
    # people
    "chris wyns": {"Chris Wyns": 3, "pol-en": 2, "pol-nl": 2, "s-us-them": 2},
    "amelie durand": {"Amélie Durand": 3, "multi-fr": 2, "incl-fr": 2},
    "Nowak": {"Łukasz Nowak": 3, "debate": 2},
    "Ingrid Al": {"Ingrid Ål": 3, "sdg": 2},
    "o'brien": {"Mary O'Brien": 3, "dyslexia": 2, "badges": 2},
    "weiss": {"Jürgen Weiß": 3, "stolpersteine": 2},
    # what stands on a page only
    "learning agreement": {"ipm": 3},
    "host families": {"ipm": 3},
    "translanguaging": {"multi-en": 3},
    "silent middle": {"pol-en": 3},
    "carbon cycle": {"climate": 3},
    "lesson study": {"plc": 3, "plg-nl": 3},
    "empty lunch box": {"poverty": 3},
    "transcripts of records": {"recognition": 3},
    # Dutch
    "polarisatie": {"pol-nl": 3, "pol-en": 3, "s-us-them": 2, "pol-primary": 2},
    "meertalige leerlingen": {"multi-nl": 3},
    "meertaligheid lagere school": {"multi-nl": 3},
    "beleid": {"taalbeleid": 3},
    "leraar": {"pol-nl": 3, "incl-nl": 3, "gender-nl": 3},
    "inclusief onderwijs": {"incl-nl": 3, "incl-en": 3, "incl-fr": 2, "dyslexia": 2},
    "herinneringseducatie": {"herinnering": 3, "dossin": 3, "stolpersteine": 2},
    "schoolteam": {"taalbeleid": 3, "plg-nl": 3},
    "armoede": {"armoede-nl": 3, "poverty": 3, "refugees": 1, "wellbeing": 1},
    "geschiedenis": {"herinnering": 3},
    # French and German
    "eleves handicapes": {"incl-fr": 3},
    "mobilité": {"mobilite-fr": 3, "ipm": 2, "recognition": 2, "etwinning": 2},
    "éveil aux langues": {"multi-fr": 3},
    "Sprachen": {"multi-de": 3},
    "Schüler": {"multi-de": 3},
    "Geschichte der Straße": {"stolpersteine": 3},
    # mistakes
    "polarisaton": {"pol-en": 3, "pol-nl": 3, "s-us-them": 3, "pol-primary": 2, "fake-news": 1, "Chris Wyns": 2},
    "multilingaul": {"multi-en": 3, "multi-nl": 3, "multi-de": 3, "multi-fr": 3, "taalbeleid": 2},
    "remembrence educaton": {"dossin": 3, "herinnering": 3, "stolpersteine": 2},
    "dislexia": {"dyslexia": 3},
    "refuge pupils": {"refugees": 3},
    # more words than stand anywhere together
    "how do I talk with parents about school bills": {"poverty": 3},
}  # fmt: skip
