"""Commands of the consent app; they stand above all its rooms and read the clock for them."""
