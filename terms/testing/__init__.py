"""The kit for property-based tests over negotiations: strategies, stories, laws."""
