"""Settings: `[tool.terms]` in pyproject.toml or the file terms.toml, whichever is nearest upwards.

What stands on the command line wins over the settings, they win over the built-in defaults.
"""

from pathlib import Path

from msgspec import Struct

from terms.cli.refusal import Refused
from terms.ground.suggest import did_you_mean

KNOWN = {
    "record": "the RECORD that commands read when none is given (relative to the settings file)",
    "lens": "sources to prefer, as --lens takes them",
    "strict": "true: check as with --strict",
    "output-format": "full, concise, json, github or junit",
    "color": "auto, always or never",
    "width": "columns to use",
}


class Settings(Struct, frozen=True):
    """What a settings file says; `path` is None when there is none. Values are text or a yes-no."""

    path: Path | None
    values: dict[str, str | bool]

    def text(self, key: str) -> str | None:
        """A setting as text; None when it is not set."""
        value = self.values.get(key)
        return None if value is None or isinstance(value, bool) else value

    def flag(self, key: str) -> bool:
        """A setting that is true or not."""
        return self.values.get(key) is True


NONE = Settings(None, {})


def settings(*, no_config: bool = False, start: Path | None = None) -> Settings:
    """The nearest settings, upwards from `start` (None: the working directory).

    Raises:
        Refused: the file cannot be read, is not TOML, or has a key that nothing reads.
    """
    if no_config:
        return NONE
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        for name in ("terms.toml", "pyproject.toml"):
            path = folder / name
            if path.is_file() and (table := _table(path)) is not None:
                return Settings(path, _checked(path, table))
    return NONE


def describe(no_config: bool) -> str:
    """What `--show-config` prints: each known setting, its value and where that comes from."""
    found = settings(no_config=no_config)
    lines = [f"settings file: {found.path if found.path is not None else 'none'}"]
    for key, about in KNOWN.items():
        value = found.values.get(key)
        shown = "not set" if value is None else str(value).lower() if isinstance(value, bool) else value
        lines.append(f"{key} = {shown}  # {about}")
    return "\n".join(lines) + "\n"


def _table(path: Path) -> dict[str, object] | None:
    """The settings in a file; None when it is a pyproject.toml without any."""
    import tomllib  # most folders have no such file

    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Refused(
            f"cannot read the settings in {path}: {fault}", ("--no-config leaves them out",)
        ) from fault
    if path.name == "terms.toml":
        return read
    tool = read.get("tool")
    own = tool.get("terms") if isinstance(tool, dict) else None
    return own if isinstance(own, dict) else None


def _checked(path: Path, table: dict[str, object]) -> dict[str, str | bool]:
    found: dict[str, str | bool] = {}
    for key, value in table.items():
        if key not in KNOWN:
            raise Refused(f"{path} sets '{key}', which nothing reads", did_you_mean(key, KNOWN))
        found[key] = value if isinstance(value, bool) else str(value)
    return found
