"""Contact files: bytes in, people out, and back. No database, no Django models."""
