"""Planning pages: composing, showing, scheduling, the library."""
