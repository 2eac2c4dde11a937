"""One file a pane: each draws lines for a desk and a rectangle, asks no store and keeps no state."""
