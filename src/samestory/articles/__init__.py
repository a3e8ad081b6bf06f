"""Reading: files in any supported format to articles, with a report of what was read and refused."""
