"""Who of the union may look into a county for a while, who asked, and who in the county agreed."""
