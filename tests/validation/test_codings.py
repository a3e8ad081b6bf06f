from __future__ import annotations

import pandas as pd
import pytest

from samestory.validation.codings import read_coding
from samestory.validation.comparisons import MEASURES, Names, code_pairs, compare_table, matched, paired_sources
from samestory.validation.gold import COLUMNS

TEXT = "Police said at least four people may have died. The mayor and an aide told reporters it was over."
SHA, OTHER = "a" * 64, "b" * 64
NAMES = Names("test", "all", 0)


def gold(*rows, coder="anna", round_=1, text=SHA, file="one.txt"):
    """Rows as "table unit field value", a value being "start-end" or a code."""
    made = []
    for row in rows:
        table, unit, field, value = row.split(" ", 3)
        start, dash, end = value.partition("-")
        span = dash and start.isdecimal()
        made.append(
            {"text_sha256": text, "source_file": file, "table": table, "unit": unit, "field": field,
             "start": int(start) if span else pd.NA, "end": int(end) if span else pd.NA,
             "code": pd.NA if span else value, "coder": coder, "pass": round_}
        )  # fmt: skip
    return pd.DataFrame(made, columns=list(COLUMNS))


def place(words, after=0):
    start = TEXT.index(words, after)
    return f"{start}-{start + len(words)}"


ROWS = (
    f"segments s1 span 0-{len(TEXT)}",
    "segments s1 segment body",
    f"attributions a1 cue {place('said')}",
    f"attributions a1 source {place('Police')}",
    f"attributions a1 content {place('at least four people may have died')}",
    "attributions a1 quote_type indirect",
    "attributions a1 source_type official",
    f"attributions a2 cue {place('told')}",
    f"attributions a2 source {place('The mayor')}",
    f"attributions a2 content {place('it was over')}",
    "attributions a2 source_type official",
    "attributions a2 anonymous false",
    f"attributions a2.2 source {place('an aide')}",
    "attributions a2.2 anonymous true",
    f"certainty k1 span {place('may')}",
    "certainty k1 certainty_type hedge",
    "certainty k1 holder a1",
    f"claims c1 span {place('at least four people')}",
    "claims c1 role killed",
    "claims c1 quantity 4",
    "claims c1 bound at_least",
)


def scores(table, one, other):
    found = compare_table(table, read_coding(one), read_coding(other), {SHA: TEXT}, NAMES)
    return {(score.measure, score.metric): score for score in found}


def test_sources_stand_in_text_order_with_their_own_codes():
    attributions = read_coding(gold(*ROWS)).of("attributions")[SHA]
    assert [unit.name for unit in attributions] == ["a1", "a2"]
    mayor, aide = attributions[1].sources
    assert (mayor.codes["anonymous"], aide.codes["anonymous"]) == ("false", "true")
    assert aide.codes["source_type"] == "official"
    assert len(attributions[1].spans["source"]) == 2


def test_a_text_parted_by_a_coder_of_attributions_was_read_for_them_but_not_for_labels():
    coding = read_coding(pd.concat([gold(*ROWS), gold(*ROWS[:2], text=OTHER, file="two.txt")]))
    assert coding.of("attributions")[OTHER] == []
    assert coding.of("claims")[OTHER] == []
    assert coding.of("labels") == {}


def test_a_text_parted_by_a_coder_of_segments_alone_was_read_for_nothing_else():
    parted = gold(*ROWS[:2], coder="carl", text=OTHER, file="two.txt")
    both = pd.concat([gold(*ROWS), parted])
    assert set(read_coding(both).of("attributions")) == {SHA}
    assert set(read_coding(both, "carl").of("attributions")) == set()
    assert set(read_coding(both).of("segments")) == {SHA, OTHER}
    dora = gold(*ROWS[2:4], coder="dora", text=OTHER, file="two.txt")
    assert len(read_coding(pd.concat([both, dora])).of("attributions")[OTHER]) == 1
    assert OTHER not in read_coding(pd.concat([both, dora])).of("certainty")


def test_the_reference_is_adjudicated_else_people_else_models_and_the_last_pass():
    def cue(kind, **who):
        return gold("certainty k1 span 1-4", f"certainty k1 certainty_type {kind}", **who)

    def reference(*parts):
        return read_coding(pd.concat(parts)).of("certainty")[SHA][0].codes["certainty_type"]

    model, person = cue("hedge", coder="model-a"), cue("booster", coder="zoe")
    assert reference(model, person) == "booster"
    assert reference(model, person, cue("bound", coder="model-adjudicated")) == "bound"
    assert reference(person, cue("inquiry", coder="zoe", round_=2)) == "inquiry"


@pytest.mark.parametrize("table", ["segments", "attributions", "certainty", "claims"])
def test_a_coding_agrees_with_itself(table):
    found = scores(table, gold(*ROWS), gold(*ROWS))
    assert found
    assert {score.score for score in found.values()} <= {1, None}


def test_matching_a_unit_of_the_other_side_shows_what_differs():
    changed = [
        row.replace("a1 quote_type indirect", "a1 quote_type direct").replace("at_least", "exact") for row in ROWS
    ]
    changed = [row for row in changed if not row.startswith("attributions a2")]
    sourcing = scores("attributions", gold(*ROWS), gold(*changed))
    assert sourcing["sourcing.cue", "exact"].recall == 0.5
    assert sourcing["sourcing.quote_type", "accuracy"].score == 0
    claims = scores("claims", gold(*ROWS), gold(*changed))
    assert claims["claims.span", "overlap"].score == 1
    assert claims["claims.tuple", "tuple"].score == 0
    assert claims["claims.bound", "accuracy"].score == 0
    assert claims["claims.quantity", "accuracy"].score == 1


def test_kinds_of_attributions_are_scored_apart():
    changed = [row for row in ROWS if not row.startswith("attributions a2")]
    found = scores("attributions", gold(*ROWS), gold(*changed))
    assert found["sourcing.source.anonymous", "exact"].recall == 0
    assert found["sourcing.content.indirect", "exact"].score == 1  # a1 alone is coded so
    assert found["sourcing.linked", "linked_strict"].recall == 0.5
    assert ("sourcing.content.direct", "exact") not in found


def test_a_source_type_of_none_on_both_sides_is_agreement():
    agentless = (*ROWS[2:3], ROWS[4], "attributions a1 source_type none")
    found = scores("attributions", gold(*agentless), gold(*agentless))
    assert found["sourcing.source_type", "accuracy"].score == 1


def test_a_source_without_partner_is_no_pair():
    fewer = [row for row in ROWS if "a2.2" not in row]
    pairs = matched(read_coding(gold(*ROWS)).of("attributions"), read_coding(gold(*fewer)).of("attributions"), "cue")
    assert [len(units) for units in paired_sources(pairs).values()] == [2]
    # a1 has the code on neither side
    assert code_pairs(paired_sources(pairs), "anonymous") == {SHA: [("false", "false")]}


def test_segments_are_scored_by_characters():
    half = len(TEXT) // 2
    parted = [f"segments s1 span 0-{half}", "segments s1 segment body",
              f"segments s2 span {half}-{len(TEXT)}", "segments s2 segment notice"]  # fmt: skip
    found = scores("segments", gold(*ROWS), gold(*parted))
    assert found["segments.counted", "character"].precision == 1
    assert found["segments.counted", "character"].recall == pytest.approx(half / len(TEXT))


def test_relations_hold_in_either_direction_and_by_matched_claims():
    def texts(forward, name):
        claims = [
            gold(f"claims {name} span 5-9", f"claims {name} role killed", text=text, file=file)
            for text, file in ((SHA, "one.txt"), (OTHER, "two.txt"))
        ]
        home, away = ((SHA, "one.txt"), (OTHER, "two.txt")) if forward else ((OTHER, "two.txt"), (SHA, "one.txt"))
        relation = gold("claim_relations r1 relation conflict", "claim_relations r1 role killed",
                        f"claim_relations r1 claim {name}", f"claim_relations r1 other_claim {name}",
                        f"claim_relations r1 other_source_file {away[1]}", text=home[0], file=home[1])  # fmt: skip
        return read_coding(pd.concat([*claims, relation]))

    for found, expected in ((texts(False, "x7"), 1), (texts(True, "c1"), 1)):
        each = compare_table("claim_relations", texts(True, "c1"), found, {SHA: TEXT, OTHER: TEXT}, NAMES)
        assert [score.score for score in each] == [expected] * 3
    claims = pd.concat([gold("claims c1 span 5-9"), gold("claims c1 span 5-9", text=OTHER)])
    whole, given = compare_table(
        "claim_relations", texts(True, "c1"), read_coding(claims), {SHA: TEXT, OTHER: TEXT}, NAMES
    )
    assert whole.recall == 0 and given.score == 0  # set beside nothing: "not_comparable"


def test_frames_meet_whether_written_with_blanks_or_underscores():
    def frames(*names):
        rows = [(f"frames f{n} scheme policy", f"frames f{n} frame {name}", f"frames f{n} present true")
                for n, name in enumerate(names)]  # fmt: skip
        return gold(*[row for unit in rows for row in unit])

    found = scores("frames", frames("quality of life", "political"), frames("quality_of_life"))
    assert found["framing.frames.policy", "micro_f1"].precision == 1
    assert found["framing.frames.policy", "micro_f1"].recall == 0.5


def test_every_table_that_gold_may_code_has_a_measure():
    from samestory.validation.gold import SPANS

    assert set(SPANS) == set(MEASURES)
