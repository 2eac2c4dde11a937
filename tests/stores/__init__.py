"""Tests of the stores: one contract for all of them, then what each alone promises."""
