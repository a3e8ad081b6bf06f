"""The codebook: every code of every table has its sentence, and no sentence explains a code that is gone."""

from __future__ import annotations

import pytest

from samestory.codebook import definition, definitions
from samestory.tables import SCHEMAS

CODED = [(table, column) for table, columns in SCHEMAS.items() for column in columns if column.codes]


@pytest.mark.parametrize(("table", "column"), CODED, ids=[f"{table}.{column.name}" for table, column in CODED])
def test_every_code_is_defined_in_sentences_of_its_own(table, column) -> None:
    found = definitions(table, column.name)
    assert tuple(found) == column.codes
    assert all(sentence.endswith(".") and len(sentence) < 160 for sentence in found.values())
    assert len(set(found.values())) == len(found)


def test_a_definition_is_found_by_table_column_and_code() -> None:
    assert definition("certainty", "certainty_type", "hedge").startswith("Lowers the commitment")


def test_what_holds_no_codes_has_no_definitions() -> None:
    with pytest.raises(KeyError, match="labels: no column head"):
        definition("labels", "head", "police")
    with pytest.raises(KeyError, match="shout"):
        definition("certainty", "certainty_type", "shout")
