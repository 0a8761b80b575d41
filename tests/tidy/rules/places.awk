# No path of a developer's machine.
/(^|[^A-Za-z0-9_.\/-])\/(work|tmp\/wt|root|home\/[a-z]+)\// { offence("a path of somebody's machine: " $0) }
