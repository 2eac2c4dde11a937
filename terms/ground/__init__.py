"""The ground floor: what every other room stands on, and what knows nothing of negotiations.

Identifiers, places in files, the restricted YAML tree, diagnostics and their pages, dates, the
one immutable map, canonical bytes and the width of text on a screen. Import each by its module;
nothing is gathered here, so that a caller loads only what it names.
"""
