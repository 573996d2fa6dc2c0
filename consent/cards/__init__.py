"""Event cards: many guests are asked with one code, each signs their own form, and is seen in person."""
