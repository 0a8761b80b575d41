/* dismiss_twins: two publications that look alike are of two contracts: the pair is listed no more.
 * Caller: facilitator (of one of their territories), coordinator.  Emits: TwinsDismissed, or nothing where it is so.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (itself, two that are not alike, reason), WRONG_STATE (joined, too
 * many). */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/publication/twins.h"

enum { DISMISSED_MAX = 100 }; /* of one publication: its row is read and written whole */

static bool may_dismiss(const struct work *work, const Contracts__DismissTwins *command, struct refusal *ret_refusal)
{
        struct id contract = id_of(command->contract_id), twin = id_of(command->twin_id), joined;
        const Contracts__ContractRecord *one = contracts_record_find(work->txn, work->arena, contract),
                                        *other = contracts_record_find(work->txn, work->arena, twin);
        if (one == NULL || other == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, one == NULL ? "contract_id" : "twin_id",
                              "Cette publication n'est pas connue : vérifiez son identifiant.");
        if (publication_is_twin(work->txn, contract, &joined) || publication_is_twin(work->txn, twin, &joined))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "twin_id",
                              "L'une des deux est réunie à une autre : séparez-les d'abord (SeparatePublications).");
        /* Security: the history of each names the other; a contract of ours, a private one say, is no publication. */
        if (id_equal(contract, twin) || !publication_came(work, contract, one) ||
            !publication_came(work, twin, other) || !twins_look_alike(work, one, other))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "twin_id",
                              "Ces deux publications ne sont pas une paire probable : prenez-les dans la liste "
                              "(TwinPublications).");
        return publication_dismissed(work->txn, work->arena, command->contract_id)->n_others < DISMISSED_MAX ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                      "Déjà %d paires sont écartées pour cette publication.", DISMISSED_MAX);
}

struct reply handle_dismiss_twins(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DismissTwins *command = (const Contracts__DismissTwins *)message;
        struct refusal refusal;

        if (!may_dismiss(work, command, &refusal))
                return reply_refusal(work, &refusal);
        if (!twins_are_dismissed(work, id_of(command->contract_id), id_of(command->twin_id))) {
                Contracts__TwinsDismissed body = CONTRACTS__TWINS_DISMISSED__INIT;
                body.contract_id = command->contract_id;
                body.other_contract_id = command->twin_id;
                body.reason = command->reason;
                body.dismissed_on =
                        command->dismissed_on != NULL ? command->dismissed_on : day_to(work->arena, work->today);
                work_record(work, &body.base);
        }
        Contracts__DismissTwinsReply *reply = pb_new(&contracts__dismiss_twins_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
