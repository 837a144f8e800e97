"""Bringing a file of contacts onto a student's list: who is who, what changes, and back again."""
