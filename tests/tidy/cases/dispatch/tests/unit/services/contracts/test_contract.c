handle_put_clause(NULL); PutClauses(); NeedsReply reply; handle_declare_need(NULL);
