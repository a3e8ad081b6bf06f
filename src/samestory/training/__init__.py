"""How the shipped models were made; nothing here is needed at run time."""
