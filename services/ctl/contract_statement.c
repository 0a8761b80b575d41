/* contract_statement: what became of a contract's clauses, to print. */
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "services/ctl/contract_parts.h"
#include "services/ctl/find.h"
#include "services/ctl/options.h"

int contract_statement(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__FinalStatementRequest query = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        struct id id;
        if (!find_thing(session, "contract_id", "contrat", wanted->words, &id))
                return CTL_FAILED;
        query.contract_id = id_to(&arena, id);
        const Contracts__FinalStatementReply *reply =
                session_call(session, "contracts.FinalStatement", &query, NULL, &arena);
        return reply == NULL ? CTL_FAILED : print_document(&reply->base, &wanted->document);
}
