"""How much of a contact file we read. Past a limit the file is refused, except for one cell."""

from typing import Final

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_ROWS: Final = 100_000
# Google writes nine columns for each postal address, so a full address book has more than 100.
MAX_COLUMNS: Final = 256
MAX_TEXT: Final = 10_000  # characters of one cell or property; the rest is cut off, with a remark
MAX_VALUES: Final = 100  # addresses, numbers, links or labels of one person; nobody has more

MAX_ENTRIES: Final = 200  # files in a .zip
MAX_INFLATED: Final = 20 * 1024 * 1024  # octets out of one .zip entry: MAX_ROWS of 200 octets
MAX_RATIO: Final = 100  # inflated to compressed; no list of people compresses better
