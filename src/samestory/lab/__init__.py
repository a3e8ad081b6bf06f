"""JupyterLab: which studies there are, notebooks with the chosen parameters, and words looked up as one reads.

Everything is a plain function first, which answers in text as well; :mod:`samestory.lab.widgets` puts it on screen.
"""

from samestory.lab.choosing import Choice, choose
from samestory.lab.copies import NotebookLink, NotebookLinks, open_notebook, open_notebooks
from samestory.lab.listing import find_studies, studies_table
from samestory.lab.searching import limits, look_up

__all__ = [
    "Choice",
    "NotebookLink",
    "NotebookLinks",
    "choose",
    "find_studies",
    "limits",
    "look_up",
    "open_notebook",
    "open_notebooks",
    "studies_table",
]
