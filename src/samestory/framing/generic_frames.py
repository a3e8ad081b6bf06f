"""Words of the five generic frames (Semetko & Valkenburg 2000), chosen by hand. Not validated: no gold exists here."""

from __future__ import annotations

FEWEST = 2  # sentences: a single word in an article makes no frame
SHARE = 0.15  # of all sentences

_LISTS = {
    "conflict": """
        accuse accused accuses accusing argue argued attack attacked backlash battle blame blamed blasted clash clashed
        clashes conflict confrontation contest controversy criticise criticised criticism criticize criticized
        defeat defeated denounce denounced disagree disagreement dispute disputed fight fighting feud hostile
        opponent opponents oppose opposed opposition protest protested protesters rebuke rebuked rejected retaliate
        retaliation rival rivals row slammed tension tensions threat threatened versus war winner winners""",
    "human_interest": """
        agony baby beloved bereaved boyfriend child childhood children cried crying daughter daughters dream emotional
        families family father fear feared feelings fiancé friend friends girlfriend grandmother grief grieving
        heartbreaking heartbroken hero heroic home hope horror husband loved mother mothers mourn mourners mourning
        neighbor neighbors neighbour neighbours parents personal screaming shock shocked son sons suffering survivor
        survivors sympathy tears terrified tragic trauma tribute tributes victim victims wedding wife""",
    "economic_consequences": """
        bank banks billion billions budget businesses consumers cost costly costs currency debt dollar dollars earnings
        economic economically economy employees employers expense expenses export exports financial fund funding gdp
        growth income industry inflation invest investment investments investors job jobs loss losses market markets
        million millions pay payment price prices profit profits recession revenue revenues sales sanctions savings
        share shareholders shares stock stocks tariff tariffs tax taxes trade unemployment wages workers""",
    "morality": """
        belief beliefs bible christian church conscience corrupt cruel decency disgrace disgraceful disgusting dignity
        ethical ethics evil faith forgive forgiveness god guilt guilty holy honest honesty honor honour immoral
        innocent integrity islam moral morality morally pray prayed prayer prayers principle principles religion
        religious shame shameful sin sinful sins sacred tolerance unethical virtue virtues wrong""",
    "responsibility": """
        accountability accountable action address administration authorities blame blamed cause caused causes council
        duty fault government governments handle law laws lawmakers leaders measure measures minister must negligence
        neglect official officials plan plans policies policy prevent prevented prevention promise promised reform
        reforms regulation regulations regulators resolve respond response responsibility responsible solution
        solutions solve urge urged urgent""",
}

GENERIC_WORDS = {frame: frozenset(words.split()) for frame, words in _LISTS.items()}
"""The words of each generic frame, in every form that counts."""


def enough_sentences(holding: int, total: int) -> bool:
    """Whether so many sentences with a frame's word make the frame present: two, and one in seven."""
    return holding >= FEWEST and holding / total >= SHARE
