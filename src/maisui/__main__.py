"""`python -m maisui` is the command `maisui`."""

from maisui.cli.main import main

main()
