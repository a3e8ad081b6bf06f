"""Nouns whose commonest sense is a person, from WordNet's dictionary: ``people_nouns.py DICT > people_nouns.txt``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

PERSONS = "18"  # the lexicographers' file noun.person
HEAD = """\
# Nouns of one word whose first sense in WordNet is a person, without names and peoples. Made by .ci/people_nouns.py.
# WordNet Release 3.0. This software and database is being provided to you, the LICENSEE, by Princeton University.
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. THIS SOFTWARE AND DATABASE IS PROVIDED
# "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. Use, copying,
# modification and distribution are permitted for any purpose without fee, provided that this notice stays with all
# copies."""


def main(folder: Path) -> None:
    """Print the nouns, one a line, in alphabetical order."""
    of_persons = {}
    for line in (folder / "data.noun").read_text().splitlines():
        if line[9:11] == PERSONS:
            of_persons[line[:8]] = set(line.split("|")[0].split())
    nouns = []
    for line in (folder / "index.noun").read_text().splitlines():
        word, _, rest = line.partition(" ")
        offsets = re.findall(r"\b\d{8}\b", rest)
        if offsets and word in of_persons.get(offsets[0], ()) and re.fullmatch(r"[a-z]{3,}(?:-[a-z]+)*", word):
            nouns.append(word)
    print(HEAD, *sorted(nouns), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
