/* CreateUser: an account with its token's hash. Caller: OPERATOR. Emits UserCreated. Refuses what user_check() refuses,
 * and a name or a token that is in use; the name of a revoked account may be given again. */
#include "gateway/events.pb-c.h"
#include "services/gateway/gateway.h"
#include "services/gateway/handlers/handlers.h"
#include "services/gateway/store.h"
#include "services/gateway/user.h"

struct reply handle_create_user(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__CreateUser *command = (const Gateway__CreateUser *)message;
        struct refusal refusal;
        if (!user_check(command, &refusal))
                return reply_refusal(work, &refusal);

        const Gateway__UserCreated *before = store_find_user(work->txn, command->name, work->arena);
        if (before != NULL && !store_is_revoked(work->txn, before))
                return reply_refuse(
                    work, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "name",
                    "Un compte de ce nom existe déjà : révoquez-le d'abord, ou choisissez un autre nom.");
        if (store_find_by_token(work->txn, pb_slice(command->token_hash), work->arena) != NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "tokenHash",
                                    "Ce jeton est celui d'un autre compte : tirez-en un nouveau.");

        Gateway__UserCreated created = GATEWAY__USER_CREATED__INIT;
        created.user_id = id_to(work->arena, work_new_id(work));
        created.name = command->name;
        created.role = command->role;
        created.organisation = command->organisation;
        created.territories = command->territories;
        created.n_territories = command->n_territories;
        created.token_hash = command->token_hash;
        created.token_ends = instant_to(
                work->arena,
                token_end_ms(command->token_days, gateway_settings_of(work->context)->token_life_days, work->now_ms));
        Gateway__Event event = GATEWAY__EVENT__INIT;
        event.body_case = GATEWAY__EVENT__BODY_USER_CREATED;
        event.user_created = &created;
        work_record(work, &event);

        Gateway__CreateUserReply *reply = pb_new(&gateway__create_user_reply__descriptor, work->arena);
        reply->user_id = created.user_id;
        reply->token_ends = created.token_ends;
        return reply_ok(work, reply);
}
