"""Made-up names of people, organisations and services; none of them exists."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_NAMES = [
    "Ada",
    "Amir",
    "Anya",
    "Bela",
    "Bryn",
    "Callum",
    "Carys",
    "Chidi",
    "Dara",
    "Eilidh",
    "Elin",
    "Farah",
    "Finn",
    "Gwen",
    "Hari",
    "Imogen",
    "Isla",
    "Jamal",
    "Joss",
    "Kasia",
    "Keir",
    "Leila",
    "Lowri",
    "Mabel",
    "Marek",
    "Nadia",
    "Niamh",
    "Odette",
    "Orla",
    "Priya",
    "Quinn",
    "Rafi",
    "Rhian",
    "Rosa",
    "Saoirse",
    "Seren",
    "Tariq",
    "Tegan",
    "Uma",
    "Wren",
    "Yusuf",
    "Zola",
]
LAST_NAMES = [
    "Abara",
    "Ashdown",
    "Birch",
    "Brook",
    "Calder",
    "Dale",
    "Eastlake",
    "Fenwick",
    "Garrow",
    "Hale",
    "Ibsley",
    "Jessop",
    "Kestrel",
    "Larch",
    "Merrow",
    "Nettles",
    "Oakes",
    "Penrose",
    "Quarry",
    "Redfern",
    "Sable",
    "Thorne",
    "Underhill",
    "Vance",
    "Westow",
    "Yarrow",
]
STREETS = ("Mill Lane", "Orchard Road", "Station Street", "Harbour View", "High Street")
TOWNS = (("Riverside", "RV1 2AB"), ("Northmoor", "NM4 7QT"), ("Fairhaven", "FH2 9LD"))


@dataclass(frozen=True)
class Organisation:
    """An organisation, with its services and what state each is in."""

    name: str
    kind: str
    domain: str
    live: tuple[str, ...]
    trial: tuple[str, ...] = ()
    archived: tuple[str, ...] = ()
    crown: bool = False
    agreement: bool = True


ORGANISATIONS = (
    Organisation(
        "Riverside Council",
        "local",
        "riverside-council.example",
        (
            "Riverside bin collections",
            "Riverside council tax",
            "Riverside library loans",
            "Riverside housing repairs",
        ),
        ("Riverside parking permits", "Riverside planning alerts"),
        ("Riverside summer fair",),
    ),
    Organisation(
        "Northmoor Borough Council",
        "local",
        "northmoor.example",
        ("Northmoor elections", "Northmoor school admissions"),
        ("Northmoor allotments", "Northmoor gritting"),
        ("Northmoor swimming",),
    ),
    Organisation(
        "Department for Public Parks",
        "central",
        "public-parks.example",
        ("Book a park pitch", "Park volunteer updates"),
        ("Tree planting grants",),
        crown=True,
    ),
    Organisation(
        "Office of Tide Tables",
        "central",
        "tide-tables.example",
        ("Tide warnings",),
        ("Harbour notices", "Tide survey"),
        crown=True,
    ),
    Organisation(
        "St Alder’s NHS Trust",
        "nhs_local",
        "st-alders.example",
        ("St Alder’s outpatients", "St Alder’s blood tests"),
        ("St Alder’s staff rota",),
    ),
    Organisation(
        "Hillcrest Surgery",
        "nhs_gp",
        "hillcrest-surgery.example",
        ("Hillcrest appointments",),
        ("Hillcrest repeat prescriptions",),
    ),
    Organisation(
        "Fairhaven Fire and Rescue Service",
        "emergency_service",
        "fairhaven-fire.example",
        ("Fairhaven smoke alarm visits",),
        ("Fairhaven recruitment",),
        agreement=False,
    ),
    Organisation(
        "Elmbrook Academy",
        "school_or_college",
        "elmbrook.example",
        ("Elmbrook absence messages",),
        ("Elmbrook parents’ evening",),
    ),
    Organisation(
        "Ashby Charitable Trust",
        "other",
        "ashby-trust.example",
        (),
        ("Ashby food parcels", "Ashby befriending"),
        ("Ashby winter appeal",),
        agreement=False,
    ),
)


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as, in the services of the first organisation."""

    name: str
    role: str
    permissions: tuple[str, ...] = ()
    state: str = "active"
    auth_type: str = "sms_auth"
    failures: int = 0
    in_organisation: bool = False

    @property
    def mailbox(self) -> str:
        """The part before the @."""
        return self.name.lower().replace(" ", ".")


SEND = ("send_texts", "send_emails", "send_letters")
EVERYTHING = (
    *SEND,
    "manage_users",
    "manage_templates",
    "manage_settings",
    "manage_api_keys",
    "view_activity",
)
PERSONAS = (
    Persona("Morgan Reeve", "Service manager", EVERYTHING),
    Persona("Sam Okafor", "Sends messages", (*SEND, "view_activity")),
    Persona("Alex Winter", "Edits templates", ("manage_templates", "view_activity")),
    Persona("Jo Ferris", "Only views", ("view_activity",)),
    Persona("Kit Larsen", "Manages API keys", ("manage_api_keys", "view_activity")),
    Persona("Robin Vale", "Organisation member", in_organisation=True),
    Persona(
        "Dana Frost",
        "Signs in by email link",
        (*SEND, "manage_templates", "view_activity"),
        auth_type="email_auth",
    ),
    Persona("Lee Marsh", "Locked after ten wrong passwords", EVERYTHING, failures=10),
    Persona("Noor Hadley", "Has not confirmed the email address", state="pending"),
)
