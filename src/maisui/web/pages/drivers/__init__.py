"""Why a figure changed: which lines of which split moved it, down to the last yuan."""
