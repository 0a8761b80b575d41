/* Users: the accounts, names ascending, revoked ones too. Never a token nor its hash. */
#include "gateway/queries.pb-c.h"
#include "services/gateway/handlers/handlers.h"
#include "services/gateway/store.h"

struct reply handle_users(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__UsersRequest *query = (const Gateway__UsersRequest *)message;
        struct slice after = page_after(query->page);
        Gateway__UsersReply *reply = pb_new(&gateway__users_reply__descriptor, work->arena);

        if (after.size > KEY_SIZE_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "page.after",
                                    "Cette suite de liste est celle d'une autre demande : reprenez au début.");
        store_list_users(work->txn, after, page_limit(query->page), reply, work->arena);
        return reply_ok(work, reply);
}
