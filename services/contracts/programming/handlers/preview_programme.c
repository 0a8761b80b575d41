/* preview_programme: what would come of a buyer's list, and its lines as they were read. Nothing is stored.
 * Caller: facilitator (of the buyer's territory), coordinator, operator; the buyer itself.
 * Refuses: as ImportProgramme. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/programme_list.h"

static void add_lines(struct work *work, const struct programme_list *list, Contracts__PreviewProgrammeReply *reply)
{
        for (size_t i = 0; i < list->intake.sent->n_rows; i++) {
                if (list->rows[i].line == NULL ||
                    list->intake.report->rows[i]->outcome == TYPES__ROW_OUTCOME__ROW_REJECTED)
                        continue;
                reply->lines = pb_append(reply->lines, &reply->n_lines, sizeof(*reply->lines), work->arena);
                reply->lines[reply->n_lines - 1] = list->rows[i].line;
        }
}

struct reply handle_preview_programme(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PreviewProgrammeRequest *query = (const Contracts__PreviewProgrammeRequest *)message;
        struct programme_list list;
        struct refusal refusal;

        if (!programme_list_judge(work, query->programme, &list, &refusal))
                return reply_refusal(work, &refusal);
        intake_preview(&list.intake);
        Contracts__PreviewProgrammeReply *reply = pb_new(&contracts__preview_programme_reply__descriptor, work->arena);
        add_lines(work, &list, reply);
        reply->report = list.intake.report;
        return reply_ok(work, reply);
}
