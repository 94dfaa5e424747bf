"""How often somebody may do what costs others something: per address (ip), account (user) or what it is about (key)."""

RATES = {
    "login": "200/15m/ip",  # a whole conference may sit behind one address; failures count below
    "login_failed": "20/15m/ip,5/15m/key,50/d/key",
    "reset_password": "10/h/ip,3/h/key",
    "reset_password_from_key": "20/h/ip",
    "confirm_email": "1/3m/key,5/d/key",
    "change_password": "5/m/user",
    "manage_email": "3/h/user",
    "reauthenticate": "10/m/user",
    "request_login_code": "60/h/ip,3/15m/key",
    "upload": "20/h/user",
    "own_words": "60/h/user",  # what describes a presentation
    "upload_link": "60/m/ip",  # pages asked for, whether the link works or not
    "upload_by_link": "20/h/key",
    "upload_progress": "240/m/ip",  # pages that follow how far a file is
    "book_workshop": "30/m/user",
    "star": "120/m/user",
    "rank": "240/m/user",
    "calendar_address": "20/h/user",
    "desk_scan": "100/10s/key",  # for each device
    "desk_register": "120/h/user",
    "certificate": "30/h/user",
    "export": "10/h/user",
    "verify": "60/m/ip",
    "write_to_people": "6/h/user,20/d/user",
    "outcomes": "60/10m/user",
    "reissue_ticket": "6/h/user",
    "my_data": "6/h/user",
    "organisation": "120/h/user",
    "organisation_ask": "10/d/user",
    "organisation_found": "5/d/user",
    "colleagues": "20/h/user",
    "pack": "3/30m/user",
    "pack_of_visitor": "3/30m/ip",
    "pack_part": "40/30m/ip",  # a download that goes on after it broke
    "claim": "60/h/ip",
    "library": "60/m/ip",  # searches of visitors that are not kept
    "library_of_member": "60/m/user",
    "publication_pdf": "20/10m/user",
    "publication_pdf_of_visitor": "60/10m/ip",
}
