"""A class list out of any file: read, understood, compared with the class, saved and taken back."""
