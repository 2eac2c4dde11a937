"""The gallery: for every code a file that is wrong in that way, and what is said about it, word for word.

`GALLERY=write pytest tests/records/test_gallery.py` writes the golden texts again, to be read before they
are committed.
"""

import os
from pathlib import Path

import pytest

from terms.ground.codes import known_codes
from terms.ground.rendering import render
from terms.records import read_record, renewing
from terms.records.objections import objections_of
from tests.records.test_renewing import OLDER

GALLERY = Path(__file__).parent.parent / "gallery"
RECORD_CODES = [code.code for code in known_codes() if not code.code.startswith(("E5", "W5", "F5"))]
HEADS = {"E110": "head.record.yaml", "E111": "head.record.yaml"}


def said_of(code: str, tmp_path: Path) -> str:
    """What a check says of the bad file or folder of a code, its path as seen from the gallery."""
    if code == "E009":  # too large to be kept: 8 MiB and one event
        (tmp_path / "E009.record.yaml").write_text("format: terms/1\n" + "# a line of padding\n" * 450_000)
        os.chdir(tmp_path)
        named = "E009.record.yaml"
    else:
        os.chdir(GALLERY)
        named = (
            f"{code}/{HEADS[code]}"
            if code in HEADS
            else code
            if Path(code).is_dir()
            else f"{code}.record.yaml"
        )
    record = read_record(named)
    found = (*record.diagnostics, *objections_of(record))
    assert code in {one.code for one in found}
    return render(found, record.texts)


@pytest.mark.parametrize("code", RECORD_CODES)
def test_what_is_said_of_a_bad_file_is_known_word_for_word(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if code == "W404":  # there is one form so far, so the old one is made up
        monkeypatch.setattr(renewing, "UPGRADES", renewing.checked_steps([OLDER]))
    said = said_of(code, tmp_path)
    golden = GALLERY / f"{code}.txt"
    if os.environ.get("GALLERY") == "write":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_no_golden_text_has_lost_its_code():
    assert {path.stem for path in GALLERY.glob("[ENW][0-46]??.txt")} == set(RECORD_CODES)
