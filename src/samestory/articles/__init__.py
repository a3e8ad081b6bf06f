"""Reading: files in any supported format to articles, with a report of what was read and refused."""

from samestory.articles.importing import write_import, write_report
from samestory.articles.reading import Reading, read
from samestory.articles.record import Article, Field
from samestory.articles.registry import FORMATS

__all__ = ["FORMATS", "Article", "Field", "Reading", "read", "write_import", "write_report"]
