"""The picture that social networks and messengers show of an item: its title on paper, in the colour of its topic."""
