"""The concepts and groups of the vocabulary that the program itself uses, by module.

A language whose vocabulary lacks one is refused: a rule of the program would silently never apply. What numbers say
(`numbers.CONCEPTS`) is not listed: those names belong to the program.
"""


def _split(names: str) -> frozenset[str]:
    return frozenset(names.split())


NAMES = {
    "ages": _split("""
        aged at_number child dated_thing i_am in_or_at measure month old person sex week when_was year
    """),
    "bare_parts": _split("""
        ailing hindered pain_like skin_talk
    """),
    "number_words": _split("""
        degree hour month old week year
    """),
    "numbers": _split("""
        after ago and at_number baby bigger birth blood_pressure child daughter day degree diarrhoea fill gestation
        heart_rate hour i_am in_or_at lose lost_it measure minute month old over_number oxygen_level relative since
        son stool_any subject sugar_reading surgery_op tablet temperature times_counted vomit water_stool week
        weight_unit worse year
    """),
    "patterns": _split("""
        body_part leaning
    """),
    "roles": _split("""
        ambiguous and asking back_then began body_part carrying claim clause_break closing commenting
        elsewhere filler first_person fresh function giving had had_then harming hearsay help_me impairing
        in_care joining leaning linking listing long_ago me_or_mine named negation negation_end now
        old_illness open or other_person pain_like pointing possessive present pronoun question recent
        relative subject taught thing time tissue treating trouble what_if
    """),
    "statements": _split("""
        baby baby_move birth body_part child commenting dad daughter first_person for_my friend grandparent
        husband infertility mum partner pets possessive present relative_other sibling son trouble wife
    """),
    "answers": _split("""
        answer_no answer_polite answer_unsure answer_yes says_hello says_ok says_thanks
    """),
    "despair": _split("""
        despairing farewells
    """),
    "readability": _split("""
        foreign
    """),
    "understand": _split("""
        all_over body body_part chronic_pain constant lasting_pain neuropathy pain
    """),
    "lexicon": _split("""
        as_written body_part filler idiom open trouble
    """),
    "hesitations": _split("""
        comparing hesitation
    """),
    "warning_signs": _split("""
        body_part trouble
    """),
}
REQUIRED = frozenset[str]().union(*NAMES.values())
