"""Words the errors of pydantic for editors: what is wrong with the entry, and what to do."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import ErrorDetails

from bot.library.problems import did_you_mean
from bot.library.reading.models import WORDED

_LONGEST = 60  # characters of a wrong value that are quoted


def fault_of(detail: ErrorDetails, adapter: TypeAdapter[Any]) -> tuple[str, str]:
    """Return an error of pydantic as a text and a hint. `adapter` is the format of the entry."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        key = str(detail["loc"][-1])
        return f'unknown key "{key}"', did_you_mean(key, _keys(adapter), "Remove it.")
    if kind in {"enum", "literal_error"}:
        known = re.findall(r"'([^']+)'", context["expected"])
        return f"{_name(detail)}: {_given(detail)} is not possible", did_you_mean(str(detail["input"]), known, "")
    if kind == WORDED:
        return f"{_name(detail)} {context['text']}", context["hint"]
    words = _WORDS.get(kind)
    if words is None:  # an error that `_WORDS` does not have: pydantic's own text is better than none
        return f"{_name(detail)}: {detail['msg'].lower()}", "Compare with the other entries."
    return words(detail, context)


def _name(detail: ErrorDetails) -> str:
    """Return the field with the error: `"seconds"`, `"points[2]"`, or `the entry`."""
    text = ""
    for step in detail["loc"]:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return f'"{text}"' if text else "the entry"


def _given(detail: ErrorDetails) -> str:
    value = detail["input"]
    if isinstance(value, dict | list | tuple):
        return "a list" if isinstance(value, list | tuple) else "a mapping"
    text = str(value)
    if not text:
        return "nothing"
    return f'"{text[:_LONGEST]}..."' if len(text) > _LONGEST else f'"{text}"'


def _keys(adapter: TypeAdapter[Any]) -> list[str]:
    schema = adapter.json_schema()
    return [key for part in (schema, *schema.get("$defs", {}).values()) for key in part.get("properties", {})]


Words = Callable[[ErrorDetails, Mapping[str, Any]], tuple[str, str]]


def _number(detail: ErrorDetails, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{_name(detail)} must be a whole number, not {_given(detail)}", "Write digits only."


def _range(detail: ErrorDetails, context: Mapping[str, Any]) -> tuple[str, str]:
    limit = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
    return f"{_name(detail)} must be {limit}, not {_given(detail)}", "Correct the number."


def _text(detail: ErrorDetails, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{_name(detail)} must be a text, not {_given(detail)}", "Write it behind the colon, in one piece."


def _list(detail: ErrorDetails, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{_name(detail)} must be a list, not {_given(detail)}", "Write [a, b], or [] for none."


def _mapping(detail: ErrorDetails, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{_name(detail)} must be a mapping, not {_given(detail)}", "Write its keys below it, or {} for none."


def _missing(detail: ErrorDetails, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{_name(detail)} is missing", "Add it, as the other entries have it."


def _empty(detail: ErrorDetails, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{_name(detail)} is empty", "Fill it in."


def _long(detail: ErrorDetails, context: Mapping[str, Any]) -> tuple[str, str]:
    has = len(str(detail["input"]).strip())
    return f"{_name(detail)} has {has} characters; {context['max_length']} are allowed", "Say it shorter."


def _many(detail: ErrorDetails, context: Mapping[str, Any]) -> tuple[str, str]:
    most = context["max_length"]
    return f"{_name(detail)} has {context['actual_length']} items; {most} are allowed", "Remove the others."


_WORDS: Mapping[str, Words] = {
    "missing": _missing,
    "int_parsing": _number,
    "int_type": _number,
    "int_from_float": _number,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "string_type": _text,
    "string_too_short": _empty,
    "string_too_long": _long,
    "tuple_type": _list,
    "list_type": _list,
    "too_short": _empty,
    "too_long": _many,
    "dict_type": _mapping,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
}
