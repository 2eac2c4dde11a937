"""No plug-ins of pydantic: finding out that there are none takes a twentieth of the start of every command.

Told by its variable to use none, pydantic (2.12 to 2.14) loads all the same what it would look for them with: the
reader of the metadata of packages, and with that one of mail. So that module is there already, as far as
it is asked; asked for more, it makes room for the real one. The one file that knows of it.
"""

import os
import sys
from importlib import import_module
from types import ModuleType

NAME = "pydantic.plugin._loader"
NONE = "__all__"


class _Loader(ModuleType):
    """Knows of no plug-in."""

    @staticmethod
    def get_plugins() -> tuple[object, ...]:
        return ()

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        del sys.modules[NAME]
        return getattr(import_module(NAME), name)


def without_plugins() -> None:
    """Let pydantic use no plug-in in this process, unless the environment says otherwise."""
    if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", NONE) == NONE:
        sys.modules.setdefault(NAME, _Loader(NAME))
