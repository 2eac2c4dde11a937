"""The pytest plugin: scenarios and records are tests, one for each point of a sweep, where one asks for it.

`pytest --terms` collects every `*.scenario.yaml` and `*.record.yaml` that it comes upon; the ini option
`terms_paths` does so below some folders only. It is imported by every run of pytest, so it loads little.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest._code.code import ExceptionInfo, TerminalRepr

    from terms.records import Record
    from terms.scenarios import Opened, Point
    from terms.scenarios.grounds import Library

SCENARIO, RECORD = ".scenario.yaml", ".record.yaml"
MARKS = pytest.mark
_SEPARATORS = re.compile(r"::|[\[\]]")
"""What pytest takes apart in the id of a test that is named on its command line."""


class Unmet(Exception):
    """Something expected is not so. Holds the report."""


class Faulty(Exception):
    """A record or a scenario has faults. Holds the report."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The flag and the setting by which one asks."""
    group = parser.getgroup("terms", "negotiations as sourced events")
    group.addoption("--terms", action="store_true", help=f"collect *{SCENARIO} and *{RECORD} files as tests")
    parser.addini("terms_paths", type="paths", help=f"collect *{SCENARIO} and *{RECORD} below these folders")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """A scenario, or a record that no other includes."""
    if not file_path.name.endswith((SCENARIO, RECORD)) or not _is_asked_for(file_path, parent.config):
        return None
    if file_path.name.endswith(SCENARIO):
        return ScenarioFile.from_parent(parent, path=file_path)
    return RecordFile.from_parent(parent, path=file_path) if _is_head(file_path) else None


def _is_asked_for(path: Path, config: pytest.Config) -> bool:
    below: list[Path] = config.getini("terms_paths")
    return bool(config.getoption("--terms")) or any(path.is_relative_to(one) for one in below)


def _is_head(path: Path) -> bool:
    """Whether a record stands alone: it has a header, while files that others include hold events alone."""
    keys = re.findall(r"^(?:\ufeff)?([a-z][a-z-]*):", path.read_text("utf-8", "replace"), re.MULTILINE)
    return not {"events"} <= set(keys) <= {"format", "events"}


LIBRARY = pytest.StashKey["Library"]()


def _library(config: pytest.Config) -> "Library":
    """Records and scenarios, each read once in a session."""
    from terms.scenarios import file_library

    return config.stash.setdefault(LIBRARY, file_library())


class ScenarioFile(pytest.File):
    """A scenario: one test for each point of its sweep."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.told: dict[str, str] = {}
        """What was reported in this process, and of which point; many points may fail by the same fault."""

    def collect(self) -> Iterator["PointItem"]:
        """The points, in the order of the sweep, which is the same in every process."""
        from terms.scenarios import open_scenario

        opened = open_scenario(_shown(self), _library(self.config))
        for tag in opened.scenario.tags:
            self.config.addinivalue_line("markers", f"{_mark(tag)}: scenarios tagged '{tag}'")
        names: dict[str, int] = {}
        for point in opened.points:
            name = _SEPARATORS.sub("_", point.name) or "holds"
            names[name] = names.get(name, 0) + 1
            again = f"-{names[name]}" if names[name] > 1 else ""
            yield PointItem.from_parent(self, name=name + again, opened=opened, point=point)


def _shown(file: pytest.File) -> str:
    """The path as messages show it: from where one works, when it is below."""
    here = file.config.invocation_params.dir
    return (
        file.path.relative_to(here).as_posix()
        if file.path.is_relative_to(here) and here == Path.cwd()
        else str(file.path)
    )


def _mark(tag: str) -> str:
    return re.sub(r"\W", "_", tag)


class _Item(pytest.Item):
    """A test whose failure is told in the program's own words."""

    def repr_failure(
        self, excinfo: "ExceptionInfo[BaseException]", style: object = None
    ) -> "str | TerminalRepr":
        """The report with its carets; a stack trace only where the program itself failed."""
        if isinstance(excinfo.value, Unmet | Faulty):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    @property
    def colored(self) -> bool:
        """Whether the terminal takes colour."""
        return bool(self.config.get_terminal_writer().hasmarkup)


class PointItem(_Item):
    """A scenario at one point of its sweep."""

    def __init__(self, *, opened: "Opened", point: "Point", **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.opened, self.point = opened, point
        scenario = opened.scenario
        for tag in scenario.tags:
            self.add_marker(_mark(tag))
        if scenario.xfail:
            self.add_marker(MARKS.xfail(reason=scenario.xfail, raises=Unmet, strict=True))

    def runtest(self) -> None:
        """Everything expected is so."""
        from terms.scenarios import try_point

        tried = try_point(self.opened, self.point)
        if tried.is_broken:
            raise Faulty(self._told_once(tried.report(color=self.colored)))
        if tried.failures:
            raise Unmet(self._told_once(tried.report(color=self.colored)))

    def _told_once(self, report: str) -> str:
        """The report, or at which point of the same file it stands already."""
        file = self.parent
        assert isinstance(file, ScenarioFile)
        first = file.told.setdefault(report, self.name)
        return report if first == self.name else f"the same as at [{first}]"

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The line of `expect:`, and the name of the point."""
        return self.path, max(0, self.opened.scenario.expect_line - 1), f"{self.path.name} {self.name}"


class RecordFile(pytest.File):
    """A record: one test, that it has no faults and no warnings."""

    def collect(self) -> Iterator["RecordItem"]:
        """The one test."""
        yield RecordItem.from_parent(self, name="check")


class RecordItem(_Item):
    """The check of a record, strict: a warning fails it, an objection at the table does not."""

    def runtest(self) -> None:
        """The record has no faults."""
        from terms.ground.diagnostics import Severity
        from terms.ground.rendering import render

        record = self._record()
        faults = [one for one in record.diagnostics if one.severity in (Severity.ERROR, Severity.WARNING)]
        if faults:
            raise Faulty(render(faults, record.texts, color=self.colored))

    def _record(self) -> "Record":
        file = self.parent
        assert isinstance(file, RecordFile)
        return _library(self.config).record(_shown(file))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The top of the file."""
        return self.path, 0, f"{self.path.name} {self.name}"
