"""The menu, one file a section; `pages.registry` puts them in order."""
