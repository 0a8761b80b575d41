/* appraisal: the grid of a lot, its offers, the marks that one may see, what was agreed, and the award.
 * Caller: the lot's readers, the coordinator, the contract's buyer. */
#include "contracts/calls.h"
#include "services/contracts/consultation/appraisal.h"

#include "services/contracts/consultation/appraisal_views.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/record/context.h"

struct reply handle_appraisal(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AppraisalRequest *query = (const Contracts__AppraisalRequest *)message;
        const Contracts__ConsultationVersion *rules = rules_on(work, DATED_CONSULTATION, work->today);
        struct loaded_contract loaded;
        Contracts__AppraisalRow *row;
        struct refusal refusal;

        if (!loaded_appraisal_for_query(work, query->contract_id, query->lot, &loaded, &row, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, view_of_appraisal(work, row, share_of(rules->agreement->gap)));
}
