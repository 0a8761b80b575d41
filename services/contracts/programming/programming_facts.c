/* programming_facts: what a contract's page of facts shows of this room: the line it comes from, the check, the
 * derogation. */
#include "services/contracts/programming/line_view.h"

#include "services/contracts/programming/programme_subject.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/record/facts.h"

void add_programming(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        struct programme_subject subject;

        /* Security: how the buyer prepared its contract is not for its contractors. */
        if (work->actor->role == TYPES__ROLE__COMPANY)
                return;
        programme_subject_of_contract(work, id_to(work->arena, of->contract), of->record, of->file, &subject);
        if (subject.line != NULL)
                reply->programme_line = line_view(work, subject.line, false);
        reply->obligation_check = programme_subject_check(work, &subject, NULL);
        reply->derogation = (Contracts__Derogation *)(uintptr_t)programme_subject_derogation(&subject);
}
