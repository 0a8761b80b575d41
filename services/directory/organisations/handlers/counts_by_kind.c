/* CountsByKind: how many organisations of each kind, open and closed, in one territory or in the whole region. */
#include "directory/calls.h"

#include "services/directory/organisations/organisations_rows.h"

struct reply handle_counts_by_kind(struct work *work, const ProtobufCMessage *message)
{
        const Directory__CountsByKindRequest *query = (const Directory__CountsByKindRequest *)message;
        Directory__CountsByKindReply *reply = pb_new(&directory__counts_by_kind_reply__descriptor, work->arena);
        store_count_by_kind(work->txn, query->territory, reply, work->arena);
        return reply_ok(work, reply);
}
