/* programming_facts: what a contract's page of facts shows of this room: the line it comes from, the check, the
 * derogation. */
#include "services/contracts/programming/line_view.h"

#include "services/contracts/programming/loaded_line.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/record/facts.h"

void add_programming(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        struct loaded_line loaded;

        loaded_line_of_contract(work, id_to(work->arena, of->contract), of->record, of->file, &loaded);
        if (loaded.line != NULL)
                reply->programme_line = line_view(work, loaded.line, false);
        reply->obligation_check = loaded_line_check(work, &loaded, NULL);
        reply->derogation = (Contracts__Derogation *)(uintptr_t)loaded_line_derogation(&loaded);
}
