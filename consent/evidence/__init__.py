"""A document rendered, sealed, stored and verified; the signature and its evidence packet."""
