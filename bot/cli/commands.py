"""What each command of the command line does. A command loads only what it needs, so that it starts quickly.

Each takes the parsed arguments and returns the exit code. They raise SettingsError, StorageError and KnowledgeError
(FAILURES), whose texts say what to do.
"""

import argparse
import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.knowledge_commands import run_check, run_concepts, run_copy, run_format, run_learn, run_upgrade
from bot.cli.terminal import answer_text, because_text, understood_text
from bot.cli.understood_json import as_json
from bot.config.data_key import new_data_key
from bot.config.logs import set_up_logging
from bot.config.settings import Settings, SettingsError, ensure_data_key, load_settings
from bot.library.errors import KnowledgeError
from bot.library.library import Library
from bot.library.shipped import shipped
from bot.services.explain import reasons
from bot.services.messages import Incoming, IncomingKind
from bot.services.sealed_messages import LANGUAGE
from bot.storage import backup
from bot.storage.errors import StorageError
from bot.wiring import Services, build, loading

FAILURES = (SettingsError, StorageError, KnowledgeError)


def run(_: argparse.Namespace) -> int:
    """Answers in Telegram until stopped."""
    with loading():
        from bot.channels.telegram import application  # noqa: PLC0415  (takes 0.3 s, which other commands save)

        ensure_data_key()
        settings = load_settings(need_token=True)
        _log(settings)
        services = build(settings)
    with services.running():
        return application.run(settings, services)


def try_out(arguments: argparse.Namespace) -> int:
    """Serves the try-out page on this computer until stopped."""
    with loading():
        from bot.channels.web.server import serve  # noqa: PLC0415  (as above)

        ensure_data_key()
        settings = load_settings(need_token=False)
        _log(settings)
        services = build(settings)
    with services.running():
        serve(services, arguments.port, open_browser=not arguments.no_browser)
    return 0


def ask(arguments: argparse.Namespace) -> int:
    """Prints what a message is understood as and why, and the answer in a new chat. Stores nothing."""
    with tempfile.TemporaryDirectory() as folder:
        services = build(_settings_that_keep_nothing(f"sqlite:///{folder}/ask.sqlite3"))
        sys.stdout.write(_asked(services, arguments.text) + "\n")
        services.close()
    return 0


def understand(_: argparse.Namespace) -> int:
    """Reads JSON lines {"id", "text"} from standard input and writes what each is understood as, in the same order."""
    folder = _knowledge_in_use()
    understanding = Library.open(folder, datetime.now(UTC)).current.understanding[LANGUAGE]
    for line in sys.stdin:
        if line.strip():
            case = json.loads(line)
            sys.stdout.write(json.dumps(as_json(case["id"], understanding.understand(case["text"]))) + "\n")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Checks a knowledge folder and prints every problem. The exit code is 1 if there is an error."""
    return run_check(_folder(arguments))


def format_knowledge(arguments: argparse.Namespace) -> int:
    """Formats the files of a knowledge folder; with `--check` only lists those that are not formatted."""
    return run_format(_folder(arguments), only_check=arguments.check)


def learn(arguments: argparse.Namespace) -> int:
    """Makes the models of the second reader anew from the examples of a knowledge folder."""
    return run_learn(_folder(arguments))


def concepts(arguments: argparse.Namespace) -> int:
    """Looks up a word in the vocabulary, or lists the groups if none is given."""
    return run_concepts(_knowledge_in_use(), arguments.word)


def back_up(arguments: argparse.Namespace) -> int:
    """Copies the database into a file; the bot may be running."""
    settings = load_settings(need_token=False)
    rows = backup.back_up(settings.database_url.reveal(), Path(arguments.file))
    sys.stdout.write(f"{rows} rows are in {arguments.file}. It needs the same DATA_KEY: keep that apart.\n")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Restores such a file into an empty database."""
    settings = load_settings(need_token=False)
    rows = backup.restore(settings.database_url.reveal(), settings.data_key.reveal(), Path(arguments.file))
    sys.stdout.write(f"{rows} rows were restored.\n")
    return 0


def copy_knowledge(arguments: argparse.Namespace) -> int:
    """Copies the shipped knowledge into a new folder, to be edited there."""
    return run_copy(Path(arguments.folder))


def upgrade_knowledge(arguments: argparse.Namespace) -> int:
    """Upgrades an edited knowledge folder of 0.1.0 to today's knowledge and keeps the edits."""
    return run_upgrade(Path(arguments.folder))


def _log(settings: Settings) -> None:
    secrets = [settings.database_url, settings.data_key, *([settings.token] if settings.token else [])]
    set_up_logging(settings.log_level, secrets, structured=settings.log_format == "json")


def _asked(services: Services, text: str) -> str:
    loaded = services.library.current
    understood = loaded.understanding[LANGUAGE].understand(text)
    answer = services.conversation.turn(Incoming("terminal:ask", IncomingKind.TEXT, "1", text))
    styled = sys.stdout.isatty()
    texts = loaded.knowledge.texts[LANGUAGE]
    why = reasons(loaded, text, services.conversation.phrase)
    blocks = (understood_text(understood, texts, styled=styled), because_text(why, styled=styled))
    return "\n\n".join([*blocks, answer_text(answer, styled=styled)])


def _folder(arguments: argparse.Namespace) -> Path:
    """The knowledge folder that the arguments name, or else the one in use."""
    return Path(arguments.folder) if arguments.folder else _knowledge_in_use()


def _knowledge_in_use() -> Path:
    return _settings_that_keep_nothing("sqlite:///unused/unused.sqlite3").knowledge_dir or shipped()


def _settings_that_keep_nothing(database_url: str) -> Settings:
    """The settings for a command that stores nothing, with a random key."""
    environ = {name: value for name, value in os.environ.items() if name != "DATA_KEY_FILE"}
    environ["DATA_KEY"] = new_data_key()
    environ["DATABASE_URL"] = database_url
    return load_settings(environ, need_token=False)
