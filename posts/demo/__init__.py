"""A practice to look around in: invented people and posts in every state, made through the real actions."""
