"""The forms of the practice: what there is, what is being written, what comes into use."""
