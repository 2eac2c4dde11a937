"""The kit for tests, tested as its users use it."""
