#include "services/contracts/needs/needs.h"

#include "services/contracts/needs/needs_access.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/needs/needs_views.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

enum { NEEDS_SHOWN = 50 }; /* the newest; all of them: Needs */

void needs_add_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        struct walk walk;
        struct id id;

        needs_walk_of_contract(work->txn, of->contract, slice_of(NULL, 0), &walk);
        while (reply->n_needs < NEEDS_SHOWN && walk_next(&walk, &id)) {
                Contracts__NeedRow *row = needs_find(work->txn, work->arena, id);
                if (row == NULL || !access_need(work, row->need)) /* Security: of a group, a company sees its own */
                        continue;
                reply->needs = pb_append(reply->needs, &reply->n_needs, sizeof(*reply->needs), work->arena);
                reply->needs[reply->n_needs - 1] = view_of_need(work, row);
        }
        walk_end(&walk);
}
