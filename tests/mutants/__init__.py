"""Mutation testing of the lower floors: how many small faults in the code the suite notices."""
