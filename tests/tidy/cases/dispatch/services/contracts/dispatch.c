{"PutClause", handle_put_clause}, {"Needs", query_needs},
