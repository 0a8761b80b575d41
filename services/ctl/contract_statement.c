/* contract_statement: what became of a contract's clauses, to print: the balance that contracts words, and the persons,
 * whom only reporting counts. */
#include <stdio.h>
#include <string.h>

#include "common/base/french.h"
#include "common/codec/french_names.h"
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "services/ctl/contract_parts.h"
#include "services/ctl/find.h"
#include "services/ctl/options.h"

static char *modality_told(const Reporting__ModalityFigures *figures, struct arena *arena)
{
        return arena_printf(arena, "- %s : %s, %s, %u parcours\n",
                            french_value(&types__modality__descriptor, (int32_t)figures->modality),
                            french_hours(arena, hours_of(figures->hours)),
                            french_count(arena, figures->persons, "personne"), figures->placements);
}

/* As an article of its own, before the signature. */
static char *with_persons(const char *text, const Reporting__ContractStatementReply *figures, struct arena *arena)
{
        static const char signature[] = "\nFait le ";
        const char *foot = strstr(text, signature);
        size_t size = foot == NULL ? strlen(text) : (size_t)(foot - text);
        char *told = arena_printf(arena, "%.*s\n5. Personnes et modalités\n- Personnes différentes : %u\n", (int)size,
                                  text, figures->persons);
        for (size_t i = 0; i < figures->n_by_modality; i++)
                told = arena_printf(arena, "%s%s", told, modality_told(figures->by_modality[i], arena));
        return arena_printf(arena, "%s%s", told, foot == NULL ? "" : foot);
}

int contract_statement(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__FinalStatementRequest query = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        Reporting__ContractStatementRequest of_persons = REPORTING__CONTRACT_STATEMENT_REQUEST__INIT;
        struct id id;
        if (!find_thing(session, "contract_id", "contrat", wanted->words, &id))
                return CTL_FAILED;
        query.contract_id = of_persons.contract_id = id_to(&arena, id);
        const Contracts__FinalStatementReply *balance =
                session_call(session, "contracts.FinalStatement", &query, NULL, &arena);
        if (balance == NULL)
                return CTL_FAILED;
        Contracts__FinalStatementReply reply = *balance;
        const Reporting__ContractStatementReply *figures =
                session_call(session, "reporting.ContractStatement", &of_persons, NULL, &arena);
        if (figures != NULL) /* else it has complained, and the balance is had without them */
                reply.text = with_persons(reply.text, figures, &arena);
        return print_document(&reply.base, &wanted->document);
}
