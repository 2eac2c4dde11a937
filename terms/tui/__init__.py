"""The screen that steps through a negotiation: a frame is text first, and a terminal only shows it.

`desk` is where the reader stands, `frame` draws a desk as lines, `commands` says what keys do to a desk,
and `app` is the one file that knows Textual: one widget that repaints the lines that differ. So the
frame in a golden file, in a bug report and on the screen is the same, and a step never touches layout.
"""
