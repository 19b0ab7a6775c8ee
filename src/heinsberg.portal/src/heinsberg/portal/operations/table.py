"""All commands of bin/portal, declared without importing what they run."""

from heinsberg.portal.operations.interfaces import Argument
from heinsberg.portal.operations.interfaces import Command


ROOM = "heinsberg.portal."
OWN = "heinsberg.portal.operations."


def option(*flags: str, path: bool = False, **settings) -> Argument:
    """Return one argument in argparse's own terms."""
    return Argument(flags, settings, path)


FORCE = option("--force", action="store_true", help="go on although the target holds data")
KREIS = option("--kreis", metavar="PROFILE", help="profile below profiles/ (HEINSBERG_KREIS)")
VERBOSE = option("--verbose", action="store_true", help="show each request on the terminal")

COMMANDS: tuple[Command, ...] = (
    Command(
        "run",
        "first start: create, fill and serve; later: upgrade and serve",
        OWN + "server:run",
        place="alone",
        arguments=(KREIS, VERBOSE),
    ),
    Command(
        "serve",
        "serve an existing portal",
        OWN + "server:serve",
        place="alone",
        arguments=(VERBOSE,),
    ),
    Command("status", "what runs, and in which state", OWN + "status:status", place="alone"),
    Command(
        "create",
        "make the empty portal; what exists stays",
        OWN + "create:create",
        needs="app",
        arguments=(KREIS,),
    ),
    Command(
        "seed",
        "fill the portal from the files of its Kreis; only what is missing",
        ROOM + "pages.commands:seed",
        arguments=(KREIS,),
    ),
    Command(
        "import-leika",
        "read catalogue files (LeiKa, OZG) into the shared catalogue",
        ROOM + "catalogue.commands:import_leika",
        arguments=(
            option("files", nargs="*", metavar="FILE", path=True, help="default: those shipped"),
            option(
                "--accept-removals",
                action="store_true",
                help="also when many rows have vanished",
            ),
        ),
    ),
    Command(
        "nginx",
        "print or write the nginx configuration of all domains",
        ROOM + "municipality.commands:nginx",
        arguments=(
            option("--output", metavar="FILE", path=True, help="write there instead of printing"),
            option(
                "--upstream",
                action="append",
                metavar="HOST:PORT",
                help="where the portal listens (127.0.0.1:8080), may be repeated",
            ),
            option("--certificates", metavar="FOLDER", path=True, help="where certificates lie"),
            option("--http-only", action="store_true", help="without https, for trials"),
            option("--listen", metavar="HOST:PORT", help="address for http"),
            option("--listen-tls", metavar="HOST:PORT", help="address for https"),
            option("--listen-local", metavar="HOST:PORT", help="address that takes PURGE"),
            option("--no-purge", action="store_true", help="this nginx has no purge module"),
            option("--prefix", metavar="FOLDER", path=True, help="all files below, without root"),
        ),
    ),
    Command("upgrade", "run pending upgrade steps", OWN + "upgrade:upgrade"),
    Command(
        "check",
        "look for what is unsafe in production (exit code 0, 1 or 2)",
        OWN + "check:check",
        arguments=(option("--json", action="store_true", help="machine-readable output"),),
    ),
    Command(
        "backup",
        "write the whole portal into one file, also while it runs",
        OWN + "backup:backup",
        place="alone",
        arguments=(option("file", nargs="?", metavar="FILE", path=True),),
    ),
    Command(
        "restore",
        "bring a backup back; the portal must be stopped",
        OWN + "restore:restore",
        place="alone",
        arguments=(option("file", metavar="FILE", path=True), FORCE),
    ),
    Command(
        "pack",
        "remove what is no longer reachable; makes a backup first",
        OWN + "pack:pack",
        needs="app",
        arguments=(
            option("--days", type=int, default=1, help="keep what was reachable then (1)"),
            option("--no-backup", action="store_true", help="a backup was just made"),
        ),
    ),
    Command(
        "move-to-postgresql",
        "copy a stopped SQLite portal to PostgreSQL and use that from then on",
        OWN + "move:move_to_postgresql",
        place="alone",
        arguments=(option("dsn", nargs="?", metavar="DSN", help="default: HEINSBERG_DSN"), FORCE),
    ),
    Command(
        "worker",
        "run the background worker as a process of its own (PostgreSQL)",
        OWN + "worker:run_worker",
        place="alone",
    ),
)

BY_NAME = {command.name: command for command in COMMANDS}
