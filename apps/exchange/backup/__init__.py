"""The whole database in one file, and back. docs/decisions/0015-operation.md says why this way."""
