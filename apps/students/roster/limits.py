"""How large a class list may be. Whoever teaches more than that imports a semester workbook."""

from typing import Final

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_INFLATED: Final = 40 * 1024 * 1024  # octets out of a .zip, all of it together
MAX_SHEETS: Final = 12 * 1024 * 1024  # the same of an .xlsx, which takes far longer to read
MAX_ROWS: Final = 100_000  # of one table; OneRoster brings those of the whole institution
MAX_COLUMNS: Final = 1_500  # a gradebook has one for each piece of work
MAX_CELL: Final = 400  # characters; what is longer is no name, and is cut before anybody keeps it
MOST_OFFERED: Final = 60  # columns to say something about; of more, those that we know
MAX_PEOPLE: Final = 5_000  # in one class: so few are compared and saved while somebody waits
