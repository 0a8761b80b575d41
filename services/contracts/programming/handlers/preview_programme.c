/* preview_programme: what would come of a buyer's list, and its lines as they were read. Nothing is stored.
 * Caller: facilitator (of the buyer's territory), coordinator, operator; the buyer itself.
 * Refuses: as ImportProgramme. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/programme_list.h"

struct reply handle_preview_programme(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PreviewProgrammeRequest *query = (const Contracts__PreviewProgrammeRequest *)message;
        struct programme_list intake;
        struct refusal refusal;

        if (!programme_list_open(work, query->programme, &intake, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__PreviewProgrammeReply *reply = pb_new(&contracts__preview_programme_reply__descriptor, work->arena);
        for (size_t i = 0; i < intake.command->n_rows; i++) {
                struct programme_list_row line = programme_list_row(work, &intake, i);
                if (line.line == NULL)
                        continue;
                reply->lines = pb_append(reply->lines, &reply->n_lines, sizeof(*reply->lines), work->arena);
                reply->lines[reply->n_lines - 1] = line.line;
        }
        reply->report = intake.reply;
        return reply_ok(work, reply);
}
