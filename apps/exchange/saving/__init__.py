"""The rows of a workbook against the rows of the database: the difference, then the writing."""
