"""The rules of the house, checked by reading the code. Each message says what to do."""
