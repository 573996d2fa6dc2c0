"""Users, practices, roles, abilities, guards; second factor; sessions."""
