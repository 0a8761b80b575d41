/* preview_running: what would come of a list of running contracts. Nothing is stored. Caller: facilitator (of the
 * territory), coordinator. Refuses: as ImportRunning. */
#include "contracts/calls.h"

#include "services/contracts/running/running_list.h"

/* The contract that the next part may go on with. */
static const struct running_contract *last_contract(const struct running_list *list)
{
        for (size_t i = list->line_count; i > 0; i--)
                if (list->lines[i - 1].contract != NULL)
                        return list->lines[i - 1].contract;
        return NULL;
}

struct reply handle_preview_running(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PreviewRunningRequest *query = (const Contracts__PreviewRunningRequest *)message;
        const struct running_question question = {query->running, query->above, query->n_above};
        struct running_list list;
        struct refusal refusal;

        if (!running_list_judge(work, &question, &list, &refusal))
                return reply_refusal(work, &refusal);
        intake_preview(&list.intake);
        const struct running_contract *last = last_contract(&list);
        Contracts__PreviewRunningReply *reply = pb_new(&contracts__preview_running_reply__descriptor, work->arena);
        reply->report = list.intake.report;
        if (last != NULL) {
                reply->above = (Types__ListRow **)(uintptr_t)last->presenting;
                reply->n_above = last->presenting_count;
        }
        return reply_ok(work, reply);
}
