"""The command line: parses the arguments of each command and runs it from `bot.cli.commands`."""

import argparse
import sys
from collections.abc import Sequence

from bot.cli import commands

PORT = 8765  # of the try-out page


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code.

    0: done; 1: problems found; 2: settings, database or knowledge cannot be used, with the reason on standard error;
    130: interrupted by Ctrl-C. `arguments` are those of the process by default; wrong ones raise SystemExit(2).
    """
    parsed = _parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except commands.FAILURES as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="acupressure-bot", description="An acupressure bot for Telegram.")
    parsers = parser.add_subparsers(required=True, metavar="COMMAND")

    run = parsers.add_parser("run", help="answer in Telegram (needs TELEGRAM_BOT_TOKEN)")
    run.set_defaults(run=commands.run)

    trying = parsers.add_parser("try", help="talk to the bot in the browser, on this computer only")
    trying.add_argument("--port", type=int, default=PORT, help=f"where the page is served (default {PORT})")
    trying.add_argument("--no-browser", action="store_true", help="do not open the browser")
    trying.set_defaults(run=commands.try_out)

    ask = parsers.add_parser("ask", help="show what a message is understood as, and the answer")
    ask.add_argument("text", help='the message, in quotes: "my neck is stiff"')
    ask.set_defaults(run=commands.ask)

    understand = parsers.add_parser("understand", help="read {id, text} lines, write what each is understood as")
    understand.add_argument("--jsonl", action="store_true", required=True, help="one JSON object a line, in and out")
    understand.set_defaults(run=commands.understand)

    check = parsers.add_parser("check", help="check a knowledge folder; exit code 1 when it has errors")
    check.add_argument("folder", nargs="?", help="the folder (default: KNOWLEDGE_DIR, or what came with the bot)")
    check.set_defaults(run=commands.check)

    formatting = parsers.add_parser("format", help="write the knowledge files in the one way, for short diffs")
    formatting.add_argument("folder", nargs="?", help="the folder (default: as for check)")
    formatting.add_argument("--check", action="store_true", help="write nothing; exit code 1 when a file is not")
    formatting.set_defaults(run=commands.format_knowledge)

    concepts = parsers.add_parser("concepts", help="look a word up in the vocabulary; without one, list the groups")
    concepts.add_argument("word", nargs="?", default="", help="a word, an id, or several words in quotes")
    concepts.set_defaults(run=commands.concepts)

    learning = parsers.add_parser("learn", help="let the second reader learn from the examples, after an edit of them")
    learning.add_argument("folder", nargs="?", help="the knowledge folder (default: as for check)")
    learning.set_defaults(run=commands.learn)

    backup = parsers.add_parser("backup", help="copy the database into a file, while the bot runs")
    backup.add_argument("file", help="the new file, for example backup.jsonl.gz")
    backup.set_defaults(run=commands.back_up)

    restore = parsers.add_parser("restore", help="put a backup into an empty database")
    restore.add_argument("file", help="a file that `backup` has made")
    restore.set_defaults(run=commands.restore)

    copy = parsers.add_parser("copy-knowledge", help="copy the knowledge that came with the bot, to edit it")
    copy.add_argument("folder", help="a new or empty folder")
    copy.set_defaults(run=commands.copy_knowledge)

    upgrade = parsers.add_parser("upgrade-knowledge", help="bring an edited folder of 0.1.0 to today's knowledge")
    upgrade.add_argument("folder", help="the folder; as it was it is kept beside it")
    upgrade.set_defaults(run=commands.upgrade_knowledge)
    return parser


if __name__ == "__main__":
    sys.exit(main())
