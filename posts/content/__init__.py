"""The post itself: versions per channel, mentions, the digest of exactly what would be sent."""
