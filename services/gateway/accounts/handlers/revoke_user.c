/* RevokeUser: the account's token opens nothing any more, from the next request on. Caller: OPERATOR,
 * COORDINATOR. Emits UserRevoked. Refuses a name that no account has, and one that is revoked already. */
#include "gateway/commands.pb-c.h"

#include "gateway/calls.h"
#include "gateway/events.pb-c.h"
#include "services/gateway/accounts/accounts_rows.h"

struct reply handle_revoke_user(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__RevokeUser *command = (const Gateway__RevokeUser *)message;
        const Gateway__AccountRow *user = store_find_user(work->txn, command->name, work->arena);

        if (user == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "name",
                                    "Aucun compte n'a ce nom : la liste des comptes donne ceux qui existent.");
        if (user->revoked)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "name", "Ce compte est déjà révoqué.");

        Gateway__UserRevoked revoked = GATEWAY__USER_REVOKED__INIT;
        revoked.user_id = user->user_id;
        revoked.name = user->name;
        work_record(work, &revoked.base);
        return reply_ok(work, pb_new(&gateway__revoke_user_reply__descriptor, work->arena));
}
