"""Invented people: the accounts to try, and those who fill lists and queues."""

from dataclasses import asdict, dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from conference.models import User


@dataclass(frozen=True)
class Account:
    """An account that can be tried, with its invented password."""

    part: str
    email: str
    password: str
    name: str
    group: str = ""

    as_dict = asdict


ACCOUNTS = [
    Account("organiser", "organiser@example.org", "open the hall at eight", "Mira Lindqvist", "organiser"),
    Account("speaker", "speaker@example.org", "slides are nearly ready", "Noor Ferreira"),
    Account("attendee", "attendee@example.org", "a seat by the window please", "Tomasz Wójcik"),
    Account("member", "member@example.org", "reading is for free here", "Ana Đurić"),
    Account("desk helper", "helper@example.org", "badges from a to z please", "Lotte van den Berg", "helper"),
]

NAMES = """Elif Yılmaz|BE;Giulia Ferrari|IT;Marta Kowalska|PL;Jonas Berg|NO;Sofia Papadopoulou|GR;Luís Carvalho|PT
Anouk Jansen|NL;Pierre Lefèvre|FR;Katarzyna Zielińska|PL;Matti Virtanen|FI;Ines Müller|DE;Zoltán Nagy|HU
Laura Bianchi|IT;Wout Peeters|BE;Emma De Smet|BE;Anna Ozola|LV;Jānis Kalniņš|LV;Petra Nováková|DE
Ole Hansen|NO;Chiara Romano|IT;Hannah Schmidt|DE;Joris Maes|BE;Claire Moreau|FR;Aino Korhonen|FI
Ayşe Demir|DE;Nikos Georgiou|GR;Beatriz Santos|PT;Sanne de Vries|NL;Kinga Szabó|HU;Tereza Dvořáková|FR
Lucas Dubois|FR;Ilse Claes|BE;Marco Conti|IT;Julia Wagner|DE;Piotr Lewandowski|PL;Eva Svobodová|BE
Marie Lambert|BE;Francesca Greco|IT;Lena Fischer|DE;Bram Willems|BE;Oskar Nilsen|NO;Dora Kiss|HU
Rita Almeida|PT;Līga Bērziņa|LV;Thomas Bernard|FR;Emine Kaya|NL;Eleni Dimitriou|GR;Saara Laine|FI
Daan Bakker|NL;Nele Goossens|BE;Agnieszka Mazur|PL;Paulo Ribeiro|PT;Clara Weber|DE;Simone Ricci|IT
Kristīne Liepa|LV"""


def make_accounts() -> dict[str, User]:
    """The five accounts to try, by their part."""
    made = {}
    for account in ACCOUNTS:
        user = User.objects.create_user(
            account.email, account.password, name=account.name, country="BE", is_staff=bool(account.group)
        )
        if account.group:
            user.groups.add(Group.objects.get(name=account.group))
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        made[account.part] = user
    return made


def make_crowd() -> list[User]:
    """People who only fill lists; nobody can log in as one of them."""
    pairs = [entry.split("|") for entry in NAMES.replace("\n", ";").split(";")]
    users = [
        User(email=f"person{number}@example.org", name=name, country=country, password=make_password(None))
        for number, (name, country) in enumerate(pairs, start=1)
    ]
    return User.objects.bulk_create(users)
