"""All checks on the content of a knowledge folder, in the order in which they run."""

from collections.abc import Callable, Iterable

from bot.library.checks import (
    cases,
    glosses,
    ids,
    minimum,
    names,
    patterns,
    phrases,
    pictures,
    safety,
    signs,
    texts,
    vocabulary,
    words,
)
from bot.library.problems import Problem
from bot.library.reading.draft import Draft

Check = Callable[[Draft], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    ids.ids_fit_a_button,
    ids.known_ids,
    ids.known_ids_in_texts,
    ids.regions_in_one_area,
    ids.file_is_area,
    signs.file_is_flag,
    texts.texts_are_complete,
    texts.labels_are_complete,
    texts.questions_fit,
    texts.cards_fit,
    phrases.phrases_can_be_filled,
    phrases.markup_is_sound,
    patterns.patterns_can_be_read,
    patterns.concepts_are_known,
    patterns.words_are_known,
    vocabulary.names_of_the_program_are_there,
    glosses.groups_have_a_gloss,
    glosses.glosses_are_of_groups,
    names.phrases_mean_one_complaint,
    names.stated_phrases_are_phrases,
    names.point_names_are_unique,
    safety.complaints_are_guarded,
    safety.referrals_say_what_instead,
    safety.contraindications_are_reached,
    safety.contraindications_can_be_stated,
    safety.effects_have_their_object,
    safety.second_lock_holds,
    safety.advice_names_the_contacts,
    safety.nothing_urgent_is_silenced,
    safety.red_flags_are_there,
    pictures.pictures_are_there,
    pictures.pictures_fit,
    pictures.maps_are_of_their_area,
    minimum.every_language_has_its_minimum,
    minimum.core_flags_are_kept,
    minimum.checklist_is_kept,
    minimum.notices_are_kept,
    words.no_forbidden_words,
    words.easy_to_read,
    words.no_look_alike_letters,
    cases.cases_name_known_ids,
    cases.everything_is_covered,
)
