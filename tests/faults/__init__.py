"""Writers and servers killed at random moments, and what is left afterwards held against what was acknowledged."""
