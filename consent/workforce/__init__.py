"""Policies read and signed, training and its expiry: who is qualified today."""
