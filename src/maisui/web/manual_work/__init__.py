"""Work that no system records: written down by whom it was done, approved by somebody else, counted at a dated rate."""
