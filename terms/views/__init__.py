"""The state put into frozen rows of words: what a screen, a report and a command line show alike.

Nothing here draws, prints or reads a file. Wording lives on this floor and nowhere above it, so that
two doors to the same history cannot disagree.
"""
