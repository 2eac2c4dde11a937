"""Questions about a history, one file a question: each finding cites the events it rests on.

An analysis reads steps and never a view, adds nothing to the record, blames nobody and predicts nothing.
"""
