"""A made-up programme, seeded, that always looks as if it were today: one term under way, one over.

The generator writes workbooks, and they come in through the same import as everybody's.
"""
