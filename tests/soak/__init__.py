"""A practice lives through random days, and a small model that shares no code with the product says what may show."""
