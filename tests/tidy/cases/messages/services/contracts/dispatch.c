#define FACILITATORS (ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR))
static const struct dispatch_row rows[] = {
        {"PutClause", MODE_COMMAND, FACILITATORS | ROLE_BIT(COMPANY), handle_put_clause, false},
};
