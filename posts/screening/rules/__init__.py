"""Pure questions of the screen: no Django, no database, no network."""
