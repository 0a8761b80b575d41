#include "services/contracts/page/facts.h"

#include "common/base/require.h"
#include "services/contracts/agreements/agreements.h"
#include "services/contracts/consultation/appraisal.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/control/control_facts.h"
#include "services/contracts/needs/needs.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/page/history.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/publication/publication.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/referrals/referrals.h"
#include "services/contracts/subcontracts/subcontracts.h"
#include "services/contracts/reserved/reserved.h"

/* The last lines, of the last events: not all are told to everybody. All of them are in ContractHistory. */
enum { HISTORY_LINES = 20, HISTORY_EVENTS = 200 };

static void add_history(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        struct walk walk;

        contracts_walk_history_backwards(work->txn, of->contract, &walk);
        for (size_t looked = 0; looked < HISTORY_EVENTS && reply->n_history < HISTORY_LINES; looked++) {
                if (!walk_step(&walk))
                        break;
                Contracts__HistoryLine *line = history_line(work, walk_number(&walk));
                if (line == NULL)
                        continue;
                reply->history = pb_append(reply->history, &reply->n_history, sizeof(*reply->history), work->arena);
                reply->history[reply->n_history - 1] = line;
        }
        walk_end(&walk);
}

static const facts_f rooms[] = {
        add_history,
        /* agreements */
        agreements_facts,
        /* programming */
        add_programming,
        /* clauses */
        /* drafting */
        /* association */
        /* consultation */
        consultation_facts,
        appraisal_facts,
        /* reserved */
        reserved_facts,
        /* obligations */
        obligations_add_facts,
        /* subcontracts */
        subcontracts_facts,
        /* needs */
        needs_add_facts,
        /* control */
        facts_control,
        /* publication */
        add_publication_facts,
        /* referrals */
        referrals_facts,
};

void facts_add_all(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        for (size_t i = 0; i < ARRAY_SIZE(rooms); i++)
                rooms[i](work, of, reply);
}
