"""All checks on what the knowledge means, in the order they run; each is a generator of problems with one promise."""

from collections.abc import Callable, Iterable

from bot.library import (
    checks_cases,
    checks_ids,
    checks_minimum,
    checks_names,
    checks_patterns,
    checks_phrases,
    checks_pictures,
    checks_safety,
    checks_texts,
    checks_vocabulary,
    checks_words,
)
from bot.library.draft import Draft
from bot.library.problems import Problem

Check = Callable[[Draft], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    checks_ids.ids_fit_a_button,
    checks_ids.known_ids,
    checks_ids.known_ids_in_texts,
    checks_ids.regions_in_one_area,
    checks_ids.file_is_area,
    checks_texts.texts_are_complete,
    checks_texts.labels_are_complete,
    checks_texts.questions_fit,
    checks_texts.cards_fit,
    checks_phrases.phrases_can_be_filled,
    checks_phrases.markup_is_sound,
    checks_patterns.concepts_are_known,
    checks_vocabulary.names_of_the_program_are_there,
    checks_names.phrases_mean_one_complaint,
    checks_names.stated_phrases_are_phrases,
    checks_names.point_names_are_unique,
    checks_safety.complaints_are_guarded,
    checks_safety.referrals_say_what_instead,
    checks_safety.contraindications_are_reached,
    checks_safety.contraindications_can_be_stated,
    checks_safety.effects_have_their_object,
    checks_safety.second_lock_holds,
    checks_safety.advice_names_the_contacts,
    checks_safety.red_flags_are_there,
    checks_pictures.pictures_are_there,
    checks_pictures.pictures_fit,
    checks_pictures.maps_are_of_their_area,
    checks_minimum.core_flags_are_kept,
    checks_minimum.checklist_is_kept,
    checks_minimum.notices_are_kept,
    checks_words.no_forbidden_words,
    checks_words.easy_to_read,
    checks_words.no_look_alike_letters,
    checks_cases.cases_name_known_ids,
    checks_cases.everything_is_covered,
)
