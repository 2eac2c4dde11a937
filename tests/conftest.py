"""How much the laws are tried: a little on every change, a lot at night (`make nightly`)."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# No deadline: the machines that run this are shared, and a slow minute is not a fault in the code.
settings.register_profile(
    "change", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("nightly", settings.get_profile("change"), max_examples=3_000)
settings.load_profile("change")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes into the cache folder of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
