"""The facts of a post for the gate, decisions kept, review and approval."""
