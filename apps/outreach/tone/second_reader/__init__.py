"""A second judge: a linear model over words and ideas, trained on labelled drafts and sentences.

The rules know wordings; it knows which ideas stand together, such as "hand", "résumé" and "boss".
How it was trained, and on what, stands in docs/tone.md.
"""

from apps.outreach.tone.second_reader.reader import CONFIRMED, Impression, impression_of

__all__ = ["CONFIRMED", "Impression", "impression_of"]
