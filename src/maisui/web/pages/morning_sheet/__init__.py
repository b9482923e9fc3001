"""The morning sheet: one page for a branch or a manager at eight o'clock, to be printed."""
