"""The key ring: one secret outside the database, a purpose per derived key, an id on every ciphertext."""
