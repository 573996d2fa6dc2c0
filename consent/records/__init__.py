"""The consent records: scope, validity, revocation, copies."""
