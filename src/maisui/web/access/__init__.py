"""Who may see what: permissions and roles, the subtree of organisations, masks."""
