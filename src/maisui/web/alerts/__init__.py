"""Cases of key focus as people handle them: who has one, until when, what he found, and who stands in for whom."""
