/* agreement_text: the draft of an agreement to print.
 * Caller: facilitator, coordinator, auditor; its own buyer.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (what is missing, named all at once). */
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include "services/contracts/agreements/agreement_print.h"
#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/record/context.h"

struct reply handle_agreement_text(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreementTextRequest *query = (const Contracts__AgreementTextRequest *)message;
        struct agreement_print print;
        struct refusal refusal;

        const Contracts__AgreementRow *row = agreement_require(work, query->agreement_id, &refusal);
        if (row == NULL || !agreement_print(row->agreement, rules_on(work, DATED_AGREEMENT_TEXTS, work->today),
                                            work->arena, &print, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AgreementTextReply *reply = pb_new(&contracts__agreement_text_reply__descriptor, work->arena);
        reply->title = (char *)(uintptr_t)print.title;
        reply->text = print.text;
        reply->version = (char *)(uintptr_t)print.version;
        reply->source = (char *)(uintptr_t)print.source;
        return reply_ok(work, reply);
}
