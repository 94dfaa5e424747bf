"""Words of Django and allauth that our catalogue says in its own way, named here so that `make translations` keeps them."""

from django.utils.translation import gettext_noop, ngettext_lazy

# Passwords: the site says “je” to everyone, “vous” and “Sie”.
gettext_noop("Your old password was entered incorrectly. Please enter it again.")
gettext_noop("Your password can’t be too similar to your other personal information.")
gettext_noop("Your password can’t be a commonly used password.")
gettext_noop("Your password can’t be entirely numeric.")
ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
gettext_noop("Set Password")
gettext_noop("You must type the same password each time.")
gettext_noop("Please type your current password.")

# Addresses.
gettext_noop("You must type the same email each time.")
gettext_noop("You cannot remove your primary email address.")
gettext_noop("You cannot add more than %d email addresses.")
gettext_noop("Your primary email address must be verified.")
gettext_noop("Be patient, you are sending too many requests.")
ngettext_lazy(
    "Your password must contain at least %(min_length)d character.",
    "Your password must contain at least %(min_length)d characters.",
)

# The admin.
gettext_noop("Save and add another")
gettext_noop("Save and continue editing")
gettext_noop("Add link")
gettext_noop("Change or view list link")
gettext_noop("Model name")
gettext_noop("Are you sure?")
gettext_noop("You may edit it again below.")
gettext_noop("You don’t have permission to view or edit anything.")
gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below.")
gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below.")
gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below.")
gettext_noop(
    "Are you sure you want to delete the selected %(objects_name)s? All of the following objects and their "
    "related items will be deleted:"
)
gettext_noop(
    'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? All of the following related '
    "items will be deleted:"
)

# Cities after which time zones are named, where another language has a name of its own.
gettext_noop("Athens")
gettext_noop("Berlin")
gettext_noop("Brussels")
gettext_noop("Bucharest")
gettext_noop("Copenhagen")
gettext_noop("Lisbon")
gettext_noop("London")
gettext_noop("Luxembourg")
gettext_noop("Paris")
gettext_noop("Prague")
gettext_noop("Rome")
gettext_noop("Vienna")
gettext_noop("Warsaw")

# Countries whose English name is newer than the lists in other languages.
gettext_noop("Democratic Republic of the Congo")
gettext_noop("Micronesia")
gettext_noop("Naoero")
gettext_noop("Palestine")
gettext_noop("Saint Helena")
gettext_noop("South Georgia")
gettext_noop("Türkiye")
gettext_noop("Vatican City")
