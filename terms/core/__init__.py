"""Events, state and history: what happened, what follows from it, and every step between."""
