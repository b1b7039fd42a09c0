"""Sotkanet (THL): social assistance and those hard to employ, twelve municipalities, yearly until 2012, as copied.

The codes are Sotkanet's own: 451 euros an inhabitant, 493 recipients as % of the population, 3071 hard to employ as %
of 15–64-year-olds. Its REST interface is not asked yet.
"""

from ingest.copied_source import copied_source

CONTENTS = {
    "451": "social_assistance_eur_per_inhabitant",
    "493": "social_assistance_recipients_share",
    "3071": "hard_to_employ_share_15_64",
}

SOURCES = (copied_source("sotkanet_copy_2013", CONTENTS, "transcript"),)
