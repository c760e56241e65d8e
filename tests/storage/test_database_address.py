"""Whatever the password of a database holds, no error shows any of it (S-60)."""

import itertools
import string
import traceback

import pytest
from sqlalchemy import make_url

from bot.storage import StorageError
from bot.storage.engine import database_name, open_engine

PARTS = ("Zq7w", "Xv9k", "Jh4p")
SPECIAL = [*string.punctuation, " ", "\t", "\n", "\u00e4", "\u2212", "%40", "@@", "@/", "#/", "://", "[]", "?a=", "&b="]
PLACES = ("{0}{c}{1}{c}{2}", "{c}{0}{1}{2}", "{0}{1}{2}{c}")
URLS = (
    "postgresql://user:{}@127.0.0.1:1/bot",
    "postgresql+psycopg://user:{}@127.0.0.1:1/bot",
    "postgres://user:{}@[::1]:1/bot?sslmode=disable",
    "postgresql://user:{}@127.0.0.1",
    "postgresql://user:{}@/bot?host=/nowhere",
    "postgresql://us/er:{}@127.0.0.1:1/bot",
    "postgresql://user@127.0.0.1:{}/bot",
    "mysql://user:{}@127.0.0.1/bot",
    "{}",
)


@pytest.mark.safety("S-60")
@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("special", SPECIAL)
def test_no_part_of_a_password_stands_in_an_error(url: str, special: str) -> None:
    """Neither in what is said nor in the trace below it, nor in the name that later errors give the database."""
    for place in PLACES:
        password = place.format(*PARTS, c=special)
        try:
            engine = open_engine(url.format(password), wait=0.01)
        except StorageError as error:
            told = "".join(traceback.format_exception(error))
        else:
            told = database_name(engine)
            engine.dispose()
        assert not [part for part in PARTS if part in told]


@pytest.mark.safety("S-60")
@pytest.mark.parametrize("special", [special for special in SPECIAL if "@" not in special])
def test_nor_where_the_server_was_forgotten(special: str) -> None:
    """With an @ in it, what follows that is the name of a server by all signs."""
    test_no_part_of_a_password_stands_in_an_error("postgresql://user:{}", special)


@pytest.mark.parametrize("special", ["@", "@/", "#@", "/@", "a@b@"])
def test_a_password_with_an_at_sign_is_refused_with_the_way_to_write_it(special: str) -> None:
    with pytest.raises(StorageError, match="write @ as %40, # as %23, / as %2F"):
        open_engine(f"postgresql://user:{special}pass@127.0.0.1:1/bot", wait=0.01)


@pytest.mark.parametrize("url", URLS[:2])
def test_a_password_written_so_is_understood(url: str) -> None:
    engine = open_engine(url.format("a%40b%23c%2Fd"), wait=0.01)
    assert (engine.url.password, engine.url.host, engine.url.database) == ("a@b#c/d", "127.0.0.1", "bot")
    engine.dispose()


def test_nothing_else_about_an_address_changes() -> None:
    for at, port, query in itertools.product(("", "user@", "user:pass@"), ("", ":5433"), ("", "?sslmode=require")):
        url = f"postgresql+psycopg://{at}db.example{port}/bot{query}"
        engine = open_engine(url, wait=0.01)
        assert engine.url == make_url(url)
        engine.dispose()
