#include "services/accounts/keys/holder.h"

#include "common/codec/types.h"
#include "services/accounts/keys/keys_rows.h"

bool holder_is_signed_in(const struct work *work)
{
        return work_is_from_gateway(work) && work->actor->account != NULL && work->actor->membership != NULL;
}

struct reply refuse_tool(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                            "Les clés sont celles d'un compte : connectez-vous à la passerelle.");
}

Accounts__KeyRow *holder_key(struct work *work)
{
        return work->actor->key == NULL ? NULL : store_key(work->txn, id_of(work->actor->key), work->arena);
}
