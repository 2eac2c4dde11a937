"""What two analyses need: graphs. Pure computation on plain names, knowing nothing of negotiations."""
