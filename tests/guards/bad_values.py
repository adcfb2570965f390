"""The table of what can be wrong with what people type, and the sentence that says so.

A page has fields, a field has faults: the sentence, and values that have the fault. What a
browser would never send is among them, since scripts and old pages do.
"""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.guards.pages import (
    CHECK,
    COPY,
    LIST,
    ONE,
    REPORT,
    TO_SEND,
    UNSUBSCRIBED,
    F,
    J,
    S,
    T,
)

UNSEEN = "\x00Permit\x07"
LONG = "a" * 10_000
MARKUP = "<script>alert('x')</script>"
EMOJI = "😀🎉"
TWO_MEGABYTES = 2 * 1024 * 1024
NOTHING = ("", "   ", "\r\n\t")
# What no list offers.
NO_CHOICES = ("nonsense", MARKUP, UNSEEN, LONG, EMOJI)


def unseen(label):
    """Return the sentence about characters that nobody can see."""
    return (
        f"“{label}” has characters that cannot be shown. Delete them, or type it again."
    )


def text(empty, label, **more):
    """Return the faults of a text that must not be empty."""
    return {empty: NOTHING, unseen(label): (UNSEEN,), **more}


def choice(sentence, *given):
    """Return the fault of having chosen nothing that is there."""
    return {sentence: (*(given or ("",)), *NO_CHOICES)}


def file(content, name="people.csv"):
    """Return what makes a file to upload: a file can be read only once."""
    return lambda: SimpleUploadedFile(name, content)


NAME_TOO_LONG = "The name must have 255 characters or fewer."
TEMPLATE_NAME = text("Enter a template name.", "Template name") | {
    NAME_TOO_LONG: (LONG, EMOJI * 200, MARKUP * 12)
}
FOLDER_NAME = text("Enter a folder name.", "Folder name") | {
    NAME_TOO_LONG: (LONG, EMOJI * 200, MARKUP * 12)
}
NEW_FOLDER = {"name": FOLDER_NAME}
SMS_TEXT = text("Enter a message.", "Message") | {
    "A text message can have 918 characters. Shorten this one by 9082 characters.": (
        LONG,
    ),
    f"Phones would show a question mark instead of: {EMOJI[1]} {EMOJI[0]}": (EMOJI,),
}
EMAIL_TEXT = text("Enter a message.", "Message") | {
    "The message is too long: an email can have 2 million characters.": (
        "a" * 2_000_001,
    )
}
TOO_FEW_LINES = "The address has too few lines. Give it at least 3."
ADDRESS = {
    TOO_FEW_LINES: ("1 Street", "Ann\r\nSW1A 1AA", LONG, MARKUP, EMOJI),
    "The address has too many lines. Give it 7 at most.": (
        "\r\n".join([*"abcdefg", "SW1A 1AA"]),
    ),
    "The address ends neither in a real UK postcode nor in a country. Correct its "
    "last line.": ("Ann\r\n1 Street\r\nNowhere", "Ann\r\n1 Street\r\nZZ99 9ZZ"),
    "A line of the address begins with one of these characters: "
    "@ ( ) = [ ] ” \\ / , < > ~. Remove it.": ("[Ann\r\n1 Street\r\nSW1A 1AA",),
    "The first 2 lines of the address must each have a letter or a number. Correct "
    "them.": (f"{EMOJI}\r\n1 Street\r\nSW1A 1AA",),
    "“No fixed abode” is no address that post can reach. Use a real one.": (
        "Ann\r\nNo fixed abode\r\nSW1A 1AA",
    ),
}
DIGITS = "Mobile numbers can only include: 0 1 2 3 4 5 6 7 8 9 ( ) + -"
FIRST, LAST = "The first day must", "The last day must"
NO_DATE = ("32", "0", "-1", "x", "1.5", LONG, UNSEEN, EMOJI)
NOT_READ = "people.csv: The service cannot read this file. Try saving it as CSV."
SPREADSHEET = {
    "Choose a file to upload.": ("",),
    "people.csv: The file is empty.": (file(b""),),
    NOT_READ: (file(b"\x00\x01\x02"),),
    "people.xlsx: The service cannot read this file. Try saving it as CSV.": (
        file(b"PK\x03\x04broken", "people.xlsx"),
    ),
    "people.exe: The file must be a spreadsheet that the service can read: CSV, TSV, "
    "Excel or OpenDocument.": (file(b"MZ\x00", "people.exe"),),
}
PDF = {
    "Choose a PDF to upload.": ("",),
    "The file is empty. Choose another one.": (file(b"", "letter.pdf"),),
    "The file is larger than 2MB. Make its pictures smaller.": (
        file(b"%PDF-" + b"a" * TWO_MEGABYTES, "letter.pdf"),
    ),
    "The file is not a PDF. Save your letter as one.": (
        file(b"MZ\x00", "letter.pdf"),
        file(b"<html></html>", "letter.html"),
    ),
    "The file cannot be read. Save it as a PDF again, and choose the new copy.": (
        file(b"%PDF-1.4 broken", "letter.pdf"),
    ),
}
EMAIL_FILE = {
    "Choose a file to upload.": ("",),
    "The file must be one of these kinds: .csv, .doc, .docx, .jpeg, .jpg, .json, .odt, "
    ".pdf, .png, .rtf, .txt, .xlsx.": (
        file(b"MZ\x00", "people.exe"),
        file(b"%PDF-", "people"),
        file(b"%PDF-", EMOJI),
    ),
    "The file’s name must have 100 characters or fewer. It has 101.": (
        file(b"%PDF-", "a" * 97 + ".pdf"),
    ),
    "The file’s name cannot have brackets, commas, question marks, & or < and >. Rename "
    "the file and upload it again.": (
        file(b"%PDF-", "people (2).pdf"),
        file(b"%PDF-", "<b>.pdf"),
    ),
    "The template already has a file called “rules.pdf”.": (
        file(b"%PDF-", "rules.pdf"),
    ),
    "The file must be 2MB or smaller.": (
        file(b"%PDF-" + b"a" * TWO_MEGABYTES, "people.pdf"),
    ),
    "The file is empty. Check it and upload it again.": (file(b"", "people.pdf"),),
    "The file is not what its name says. Open it, save it again as a file of its kind "
    "and upload that.": (
        file(b"MZ\x00", "people.pdf"),
        file(b"name\x00", "people.csv"),
    ),
}
EMAIL_ADDRESS = (
    "someone",
    "someone@",
    "@example.gov.uk",
    "a b@example.gov.uk",
    MARKUP,
    EMOJI,
)
CONTACT_DETAILS = {
    "kind": choice("Choose how recipients can contact you."),
    "url": text("Enter the address of a web page.", "Web address")
    | {
        "Enter a whole web address, like https://www.example.com/contact.": (
            *("example.com", "ftp://example.com", "https://", MARKUP, EMOJI),
            "javascript:alert(1)",
        ),
        "The web address must have 255 characters or fewer.": (LONG,),
    },
    "email_address": text("Enter an email address.", "Email address of your team")
    | {
        "Enter an email address in the correct form, like team@example.com.": (
            EMAIL_ADDRESS
        ),
        "The email address must have 255 characters or fewer.": (LONG,),
    },
    "phone_number": text("Enter a phone number.", "Phone number of your team")
    | {
        "Enter a phone number with 3 to 20 digits, like 020 7946 0000.": (
            *("12", "1" * 21, "020 7946 000a", "０２０７９４６００００", MARKUP, EMOJI),
        ),
        "Enter the number of your team, not that of the emergency services.": (
            *("999", "112"),
        ),
        "The phone number must have 255 characters or fewer.": (LONG,),
    },
}
# What is typed counts only for what is chosen.
CHOSEN = {name: {"kind": name} for name in CONTACT_DETAILS if name != "kind"}

BAD = {
    "add-service/name-your-service": {
        "name": text(
            "Enter a name for your service.", "What is the name of your service?"
        )
        | {
            "The name must have 143 characters or fewer.": (LONG, EMOJI * 72),
            "The name must have at least 2 letters or numbers.": ("a", "!!", EMOJI),
        }
    },
    T: NEW_FOLDER,
    f"{T}/<any_template_type:template_type>": NEW_FOLDER,
    F: NEW_FOLDER,
    f"{T}/<any_template_type:template_type>/folders/<uuid:template_folder_id>": NEW_FOLDER,
    f"{F}/manage": {"name": FOLDER_NAME},
    f"{T}/add-<template_type:template_type>": {
        "name": TEMPLATE_NAME,
        "subject": text("Enter a subject.", "Subject"),
        "content": EMAIL_TEXT,
    },
    f"{F}/add-<template_type:template_type>": {
        "name": TEMPLATE_NAME,
        "content": SMS_TEXT,
    },
    f"{ONE}/edit": {
        "name": TEMPLATE_NAME,
        "subject": text("Enter a subject.", "Subject"),
        "content": EMAIL_TEXT,
    },
    f"{COPY}/<uuid:template_id>": {"name": TEMPLATE_NAME, "content": SMS_TEXT},
    f"{ONE}/rename": {"name": TEMPLATE_NAME},
    f"{ONE}/edit/<str:language>": {
        "subject": text("Enter a heading.", "Heading in Welsh"),
        "content": text("Enter the body of the letter.", "Body in Welsh"),
    },
    f"{ONE}/set-template-sender": {"sender": choice("Choose an address.")},
    f"{ONE}/edit-postage": {"postage": choice("Choose a postage.")},
    f"{ONE}/change-language": {"languages": choice("Choose the languages.")},
    f"{T}/files": {
        "file": {
            "Choose a file to upload.": ("",),
            "people.csv: this is not a zip file that can be read.": (
                file(b""),
                file(b"name\r\nAnn\r\n"),
                file(b"PK\x03\x04broken"),
            ),
        }
    },
    f"{ONE}/files/setup": CONTACT_DETAILS,
    f"{ONE}/files/upload": {"file": EMAIL_FILE},
    f"{ONE}/files/<uuid:template_email_file_id>/change-link-text": {
        "link_text": {
            unseen("Link text (optional)"): (UNSEEN,),
            "The link text must have 200 characters or fewer.": (LONG, EMOJI * 101),
            "The link text cannot have square or double brackets.": (
                "[here]",
                "((name))",
            ),
        }
    },
    f"{ONE}/files/<uuid:template_email_file_id>/change-data-retention": {
        "retention_period": {
            "Enter a number of weeks.": ("",),
            "Enter the weeks as a whole number, like 26.": (
                *("   ", "x", "1.5", "1e3", MARKUP, EMOJI, UNSEEN),
            ),
            "The number of weeks must be from 1 to 78.": ("0", "-1", "79", "9" * 9),
        }
    },
    f"{ONE}/files/<uuid:template_email_file_id>/change-email-validation": {
        "validate_users_email": choice("Choose whether to ask for the email address.")
    },
    "d/<base64_uuid:service_id>/<base64_uuid:document_id>/confirm-email-address": {
        "email_address": text("Enter your email address.", "Email address")
        | {
            "Enter an email address in the correct form, like name@example.com.": (
                *EMAIL_ADDRESS,
                LONG,
            )
        }
    },
    f"{S}/service-settings/send-files-by-email": CONTACT_DETAILS,
    f"{TO_SEND}/set-sender": {
        "sender": {
            "Choose a sender.": ("",),
            "That sender is no longer there: choose another.": NO_CHOICES,
        }
    },
    f"{TO_SEND}/one-off/address": {
        "address": text("Enter an address.", "Address") | ADDRESS
    },
    f"{TO_SEND}/one-off/step-<int:step_index>": {
        "value": text("Fill in “phone number”.", "phone number")
        | {
            DIGITS: (LONG, MARKUP, EMOJI, "07700 900 12a", "０７７００９００１２３"),
            "Mobile number is too short": ("12345",),
            "Mobile number is too long": ("077009001234567",),
        }
    },
    f"{S}/tour/<uuid:template_id>/step-<int:step_index>": {
        "value": text("Fill in “name”.", "name")
    },
    f"{UNSUBSCRIBED}/<uuid:batch_id>": {
        "processed": {"Choose from “Status”.": NO_CHOICES}
    },
    f"{S}/upload-letter/send/<uuid:file_id>": {
        "postage": choice("Choose a postage."),
        "address": text(
            "Enter the address that is in the letter.", "Recipient’s address"
        )
        | ADDRESS,
    },
    f"{S}/upload-letter": {"file": PDF},
    f"{ONE}/attach-pages": {"file": PDF},
    f"{TO_SEND}/csv": {"file": SPREADSHEET},
    f"{S}/upload-contact-list": {"file": SPREADSHEET},
    f"{S}/check-contact-list/<uuid:upload_id>": {"file": SPREADSHEET},
    f"{CHECK}/correct": {
        "cell-2-0": {
            "Fill in “phone number” in row 2.": NOTHING,
            "Row 2: Mobile number is too short": ("12345",),
            f"Row 2: {DIGITS}": (MARKUP, EMOJI, "07700 900 12a"),
            "“phone number” in row 2 has characters that cannot be shown. Delete them, "
            "or type it again.": (UNSEEN,),
            "“phone number” in row 2 must have 5,000 characters or fewer.": (LONG,),
        },
        "leave-2": {"Choose from “Leave row 2 out”.": NO_CHOICES},
    },
    f"{S}/start-job/<uuid:upload_id>": {
        "when": {
            "Choose when to send.": ("",),
            "Choose when to send: now, or at another time.": NO_CHOICES,
        },
        "day": {
            "Choose a day.": ("",),
            "Choose one of the next 7 days.": ("2020-01-01", *NO_CHOICES),
        },
        "hour": {
            "Choose an hour.": ("",),
            "Choose an hour of the day.": ("24", "-1", *NO_CHOICES),
        },
    },
    f"{S}/reports/new": {
        "first_day_day": {
            f"{FIRST} include a day, a month and a year.": ("",),
            f"{FIRST} be a real date.": NO_DATE,
        },
        "first_day_month": {
            f"{FIRST} include a day, a month and a year.": ("",),
            f"{FIRST} be a real date.": ("13", *NO_DATE),
        },
        "first_day_year": {
            f"{FIRST} include a day, a month and a year.": ("",),
            f"{FIRST} be a real date.": ("99999", *NO_DATE[2:]),
            "Messages are kept for 90 days at most: choose a later day.": ("1999",),
        },
        "last_day_year": {
            f"{LAST} include a day, a month and a year.": ("",),
            f"{LAST} be a real date.": ("99999", *NO_DATE[2:]),
            f"{LAST} not be before the first day.": ("1999",),
        },
        "columns": {"Choose columns from the list.": NO_CHOICES},
        "file_type": {
            "Choose what kind of file to make.": ("",),
            "Choose one of the kinds of file.": NO_CHOICES,
        },
        "status": {"Choose one of the statuses.": NO_CHOICES},
        "template": {
            "That template is no longer there: choose another one.": NO_CHOICES
        },
    },
}

# What else a form needs for its field to be looked at.
BESIDES = {
    f"{S}/start-job/<uuid:upload_id>": {
        "day": {"when": "later", "hour": "12"},
        "hour": {"when": "later"},
    },
    f"{S}/upload-letter": {"file": {"again": ""}},
    f"{ONE}/files/setup": CHOSEN,
    f"{S}/service-settings/send-files-by-email": CHOSEN,
}

# Fields whose name is not that of the error's place, since three make one date.
PLACES = {
    f"{end}_day_{part}": f"{end}_day"
    for end in ("first", "last")
    for part in ("day", "month", "year")
}

# Pages that ask a question with a button for an answer, or take anything, and why.
NOTHING_TO_TYPE = {
    f"{F}/delete": "a question",
    f"{T}/count-sms-length": "counts whatever it is given",
    f"{ONE}/delete": "a question",
    f"{ONE}/redact": "a question",
    f"{ONE}/version/<int:version>": "a question",
    f"{ONE}/change-language/confirm": "a question",
    f"{T}/files/<uuid:upload_id>": "a question",
    f"{ONE}/files/<uuid:template_email_file_id>": "a question",
    f"{ONE}/files/<uuid:template_email_file_id>/make-live": "a question",
    f"{S}/notifications": "searches for whatever it is given",
    f"{S}/notifications/<template_type:message_type>": "the same",
    f"{S}/notifications.json": "the same",
    f"{S}/notifications/<template_type:message_type>.json": "the same",
    f"{S}/notification/<uuid:notification_id>/cancel": "a question",
    f"{S}/template/<uuid:template_id>/notification/check": "a question",
    f"{UNSUBSCRIBED}/batch-report": "a question",
    "unsubscribe/<uuid:notification_id>/<str:token>": "a question",
    "unsubscribe/example": "a question",
    f"{S}/end-tour/<uuid:example_template_id>": "a question",
    J: "a question",
    f"{J}/cancel": "a question",
    f"{S}/save-contact-list/<uuid:upload_id>": "a button under what was checked",
    f"{LIST}/delete": "a question",
    f"{REPORT}/again": "a button",
    f"{S}/service-settings/request-to-go-live": "leads to where it is asked",
    f"{ONE}/attach-pages/edit": "a question",
}
