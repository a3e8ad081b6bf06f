"""Tables without text: what may leave the machine that holds the articles, how it is compared, and whose text it was.

An article's words are borrowed where eight of them stand in a row; nothing that is shipped or released holds so many.
"""

from samestory.textfree.borrowed import Found, Runs, find_runs, index_runs
from samestory.textfree.cells import BorrowedError, TextFree, article_runs, text_free
from samestory.textfree.comparing import Difference, compare_tables, table_text
from samestory.textfree.texts import READING, Copies, Told, match_copies, read_told, tell_reading

__all__ = [
    "READING",
    "BorrowedError",
    "Copies",
    "Difference",
    "Found",
    "Runs",
    "TextFree",
    "Told",
    "article_runs",
    "compare_tables",
    "find_runs",
    "index_runs",
    "match_copies",
    "read_told",
    "table_text",
    "tell_reading",
    "text_free",
]
