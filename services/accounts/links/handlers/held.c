/* held.c: what a gateway says for who holds a link: that it is about to be used, what was done with it, that it is not
 * hers. Caller: a gateway, with a passport whose key is the link; a tool's passport states what it likes. */
#include "accounts/calls.h"

#include "services/accounts/links/link.h"
#include "services/accounts/links/links_rows.h"

/* NULL with *ret_refusal. Security: nobody learns whether there ever was such a link. */
static const Accounts__LinkRow *held(struct work *work, struct refusal *ret_refusal)
{
        const Wire__Passport *actor = work->actor;
        const Accounts__LinkRow *row = NULL;
        if (work_is_from_gateway(work) && actor->key != NULL)
                row = store_link(work->txn, id_of(actor->key), work->arena);
        if (row == NULL || !link_is_actor(row->link, actor) ||
            link_state(row, work->now_ms) != ACCOUNTS__LINK_STATE__LINK_OPEN) {
                (void)refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                             "Ce lien n'ouvre plus rien : demandez-le de nouveau.");
                return NULL;
        }
        return row;
}

/* ClaimLink: the act has a key from now on. Emits LinkClaimed, the first time. Refuses NOT_ALLOWED. */
struct reply handle_claim_link(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__ClaimLink *command = (const Accounts__ClaimLink *)message;
        Accounts__ClaimLinkReply *reply = pb_new(&accounts__claim_link_reply__descriptor, work->arena);
        Accounts__LinkClaimed claimed = ACCOUNTS__LINK_CLAIMED__INIT;
        struct refusal refusal;
        const Accounts__LinkRow *row = held(work, &refusal);
        if (row == NULL)
                return reply_refusal(work, &refusal);
        reply->act_key = row->act_key;
        if (row->act_key == NULL || !link_key_is_remembered(id_of(row->act_key), work->now_ms)) {
                claimed.link_id = row->link->link_id;
                claimed.act_key = command->act_key;
                work_record(work, &claimed.base);
                reply->act_key = command->act_key;
        }
        return reply_ok(work, reply);
}

/* NoteLinkUse: what was done. Emits LinkUsed. Refuses NOT_ALLOWED. */
struct reply handle_note_link_use(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__NoteLinkUse *command = (const Accounts__NoteLinkUse *)message;
        Accounts__LinkUsed used = ACCOUNTS__LINK_USED__INIT;
        struct refusal refusal;
        const Accounts__LinkRow *row = held(work, &refusal);
        if (row == NULL)
                return reply_refusal(work, &refusal);
        used.link_id = row->link->link_id;
        used.position = command->position;
        used.what = command->what;
        work_record(work, &used.base);
        return reply_ok(work, pb_new(&accounts__note_link_use_reply__descriptor, work->arena));
}

/* DisownLink: who got it is not who it was meant for. Emits LinkDisowned. Refuses NOT_ALLOWED. */
struct reply handle_disown_link(struct work *work, const ProtobufCMessage *message)
{
        Accounts__LinkDisowned disowned = ACCOUNTS__LINK_DISOWNED__INIT;
        struct refusal refusal;
        const Accounts__LinkRow *row = held(work, &refusal);
        (void)message;
        if (row == NULL)
                return reply_refusal(work, &refusal);
        disowned.link = row->link;
        work_record(work, &disowned.base);
        return reply_ok(work, pb_new(&accounts__disown_link_reply__descriptor, work->arena));
}
