/* CreateUser: an account. Caller: OPERATOR. Emits UserCreated. The token is drawn here; where the role reads of persons
 * there is none before a second role consents (ConfirmUser). The very first coordinator's account has nobody to consent
 * to it: it stands at once, and its event says so. Refuses what user_check() refuses, and a name that was ever given.
 */
#include "gateway/events.pb-c.h"

#include "gateway/calls.h"
#include "services/gateway/accounts/accounts_rows.h"
#include "services/gateway/accounts/consent.h"
#include "services/gateway/accounts/user.h"

struct reply handle_create_user(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__CreateUser *command = (const Gateway__CreateUser *)message;
        struct given_token token = {0};
        struct refusal refusal;
        if (!user_check(command, &refusal))
                return reply_refusal(work, &refusal);
        if (store_find_user(work->txn, command->name, work->arena) != NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "name",
                                    "Ce nom a déjà été donné, peut-être à un compte révoqué : un nom ne sert qu'une "
                                    "fois, choisissez-en un autre. Si vous venez de créer ce compte, renouvelez son "
                                    "jeton (RenewToken).");

        Gateway__UserCreated created = GATEWAY__USER_CREATED__INIT;
        created.user_id = id_to(work->arena, work_new_id(work));
        created.name = command->name;
        created.role = command->role;
        created.organisation = command->organisation;
        created.territories = command->territories;
        created.n_territories = command->n_territories;
        created.token_days = command->token_days;
        created.first_coordinator =
                command->role == TYPES__ROLE__COORDINATOR && !store_has_role(work->txn, TYPES__ROLE__COORDINATOR);
        if (created.first_coordinator || !user_needs_consent(command->role)) {
                token = token_give(work, command->token_days);
                created.token_hash = token.hash;
                created.token_ends = token.ends;
        }
        work_record(work, &created.base);

        Gateway__CreateUserReply *reply = pb_new(&gateway__create_user_reply__descriptor, work->arena);
        reply->user_id = created.user_id;
        if (token.text != NULL)
                reply->token = token.text;
        reply->token_ends = token.ends;
        return reply_ok(work, reply);
}
