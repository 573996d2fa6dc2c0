"""The pages of events: at the desk and at the event for staff, on their own phone for guests."""
