"""One module per format: ``recognise`` says whether a file's content is in it, ``read`` gives its articles."""
