"""The semester workbook as a file: read, parsed and checked, without a look at the database."""
