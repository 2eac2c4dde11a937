"""`make mutants`: the share of a seeded sample of small faults that the suite notices, with its interval.

    python -m tests.mutants [SIZE] [SEED]

Results are kept in build/, so that a run that was stopped goes on where it was.
"""

import difflib
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.sampling import FLOORS, Mutant, every_mutant, sampled, wilson
from tests.mutants.trial import copied, learned, tried

ROOT = Path(__file__).resolve().parents[2]
NEEDED = (
    "terms",
    "tests",
    "seeds",
    "scenarios",
    "pyproject.toml",
    "README.md",
    ".github",
    "requirements.lock",
)
GOAL = 0.85


def main(words: Sequence[str]) -> int:
    """Try the sample; 1 when fewer are noticed than the goal."""
    size, seed = (int(words[0]) if words else 400), (int(words[1]) if len(words) > 1 else 1)
    with tempfile.TemporaryDirectory(prefix="mutants-") as made:
        copy = Path(made).resolve()
        copied(ROOT, copy, NEEDED)
        every = list(every_mutant(copy))
        sample = sampled(every, size, seed)
        print(f"{len(every)} mutants of {', '.join(FLOORS)}; {len(sample)} of them, seed {seed}", flush=True)
        found = trials(copy, sample, ROOT / "build" / f"mutants-{seed}.jsonl")
    return told(sample, found)


def trials(copy: Path, sample: Sequence[Mutant], kept: Path) -> dict[str, str]:
    """What became of each mutant, by its name."""
    begun = time.monotonic()
    reach = learned(copy)
    print(
        f"the suite passes unmutated, {len(reach.seconds)} tests, {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    still = sample[0].module
    same = tried(copy, still, (copy / still).read_text("utf-8") + "\n", reach.tests(still, 0, 0), 600)
    assert same == "survived", f"{still} is {same} as it is, so nothing could be told of a mutant"
    suite = suite_of(copy)
    known = _kept(kept, suite)
    found: dict[str, str] = {}
    for number, mutant in enumerate(sample, start=1):
        text = (copy / mutant.module).read_text("utf-8")
        key = f"{mutant.name} {hashlib.sha256(text.encode()).hexdigest()[:12]}"
        if key not in known:
            tests = reach.tests(mutant.module, mutant.first, mutant.last)
            limit = 20 + 5 * sum(reach.seconds.get(test, 1.0) for test in tests)
            known[key] = tried(copy, mutant.module, mutant.mutated(text), tests, limit)
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps([key, known[key], suite]) + "\n")
        found[mutant.name] = known[key]
        if known[key] == "survived":
            print(f"\n{number}/{len(sample)} survived: {mutant.name}\n{shown(mutant, text)}", flush=True)
    return found


def suite_of(copy: Path) -> str:
    """The tests as a short hash: what survived other tests is tried again."""
    texts = (path.read_bytes() for path in sorted((copy / "tests").rglob("*.py")))
    return hashlib.sha256(b"".join(texts)).hexdigest()[:12]


def _kept(path: Path, suite: str) -> dict[str, str]:
    """What earlier runs found, by mutant: who was noticed, and who survived these very tests."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {name: end for name, end, tests in lines if end != "survived" or tests == suite}


def shown(mutant: Mutant, text: str) -> str:
    """The lines that differ."""
    pairs = difflib.unified_diff(text.splitlines(), mutant.mutated(text).splitlines(), n=0, lineterm="")
    return "\n".join(f"    {line}" for line in list(pairs)[2:])


def told(sample: Sequence[Mutant], found: dict[str, str]) -> int:
    """Print the shares, floor by floor and together."""
    print()
    for floor in (*FLOORS, "terms"):
        these = [found[one.name] for one in sample if one.module.startswith(floor)]
        dead = sum(one != "survived" for one in these)
        low, high = wilson(dead, len(these))
        late = these.count("timed out")
        share = dead / len(these) if these else 0.0
        print(
            f"{floor:<14} {dead:>4} of {len(these):>4} noticed ({late} by time)"
            f"   {share:6.1%}   Wilson 95 %: {low:.1%} to {high:.1%}"
        )
    dead = sum(one != "survived" for one in found.values())
    return 0 if dead >= GOAL * len(found) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
