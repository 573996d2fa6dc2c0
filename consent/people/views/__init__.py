"""Adding people, keeping their records right, and who may sign for them."""
