"""Print shell lines that give uv the package indexes which pip is set up with.

uv does not read pip's configuration. Where a machine has its own mirror in
pip.conf or PIP_* variables, both installers should use it. Settings made for
uv itself win; without either, nothing is printed and the public index is used.
"""

import os
import shlex
import subprocess
import sys


NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
}
OWN = ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_CONFIG_FILE")


def pip_settings(lines: list[str]) -> dict[str, str]:
    """Return pip's settings by option name; environment before file, install before global."""
    ranked: dict[str, tuple[int, str]] = {}
    for line in lines:
        key, separator, value = line.partition("=")
        section, _, option = key.rpartition(".")
        rank = {":env:": 2, "install": 1, "global": 0}.get(section, -1)
        if separator and rank >= ranked.get(option, (0, ""))[0]:
            ranked[option] = (rank, value.strip().strip("'\""))
    return {option: value for option, (_, value) in ranked.items()}


def uv_variables(settings: dict[str, str]) -> dict[str, str]:
    """Return the uv variables that mean the same as pip's settings."""
    found = {}
    for option, variable in NAMES.items():
        if value := settings.get(option):
            joint = "," if variable == "UV_FIND_LINKS" else " "
            found[variable] = joint.join(value.replace("\\n", " ").split())
    if "UV_INDEX" in found:
        # pip compares all indexes; uv would stop at the first one that knows a name.
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return found


def main() -> None:
    """Ask pip for its settings and print the export lines."""
    if any(os.environ.get(name) for name in OWN):
        return
    command = [sys.executable, "-m", "pip", "config", "list"]
    output = subprocess.run(command, capture_output=True, text=True, check=False)
    variables = uv_variables(pip_settings(output.stdout.splitlines()))
    for name, value in variables.items():
        if not os.environ.get(name):
            print(f"export {name}={shlex.quote(value)}")


if __name__ == "__main__":
    main()
