"""My performance: the viewer's own results and nobody else's."""
