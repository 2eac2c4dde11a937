"""`python -m terms` is the same as `terms`."""

import sys

from terms.cli.main import main

sys.exit(main())
