"""What only platform admins see: lookups, reports and figures over all services."""
