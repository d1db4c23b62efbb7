"""Counting regions without listing them: Zaslavsky's theorem by deletion and restriction over a prime field."""
