"""Every concept and group of the vocabulary that the program itself asks for, by the module that does.

A language whose vocabulary lacks one is refused: a rule of the program would die without a word. What numbers say
(`numbers.CONCEPTS`) is not among them: those names are the program's own.
"""


def _split(names: str) -> frozenset[str]:
    return frozenset(names.split())


NAMES = {
    "ages": _split("""
        aged at_word child dated_thing i_am in_word measure month old person sex week when_was year
    """),
    "bare_parts": _split("""
        ailing hindered pain_like skin_talk
    """),
    "number_words": _split("""
        degree hour month old week year
    """),
    "numbers": _split("""
        after ago at_word baby bigger birth blood_pressure child daughter day degree diarrhoea fill gestation hour
        i_am in_word lose lost_word measure minute month old over_number oxygen_word relative since son stool_any
        subject sugar_word surgery_word tablet temperature times_word vomit water_stool week weight_unit worse
        year
    """),
    "patterns": _split("""
        body_part leaning
    """),
    "roles": _split("""
        ambiguous and asking back_then began body_part claim clause_break commenting elsewhere filler first_person
        fresh function giving had had_then harming hearsay help_me impairing in_care joining leaning long_ago
        my_word named negation negation_end now old_illness open or other_person pain_like pointing possessive
        present pronoun question recent relative subject taught thing time tissue treating trouble what_if
    """),
    "stating": _split("""
        baby baby_move birth body_part child commenting dad daughter first_person for_word friend grandparent
        husband infertility mum partner possessive present relative_other sibling son trouble wife
    """),
    "understand": _split("""
        answer_no answer_polite answer_unsure answer_yes body body_part child chronic_pain constant
        everywhere_word foreign lasting_pain neuropathy pain pets
    """),
    "lexicon": _split("""
        as_written body_part filler idiom open trouble
    """),
    "warning_signs": _split("""
        body_part trouble
    """),
}
REQUIRED = frozenset[str]().union(*NAMES.values())
