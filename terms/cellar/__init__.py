"""What the reader's cache folder holds, so that a record that was read once opens at once: losing it costs only time."""
