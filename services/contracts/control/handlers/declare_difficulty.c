/* declare_difficulty: the company says, by registered letter, that it cannot do the hours. The buyer may then suspend
 * or reduce; the facilitator studies the means before. Caller: the company; facilitator (of one of the obligation's
 * territories), coordinator.  Emits: DifficultyDeclared, its text sealed. Refuses: NOT_FOUND, NOT_ALLOWED,
 * INVALID_FIELD (letter_on, text). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/loaded_control.h"

enum { DIFFICULTIES_MAX = 50 }; /* of one obligation: its row is read and written whole */

struct reply handle_declare_difficulty(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DeclareDifficulty *command = (const Contracts__DeclareDifficulty *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        if (!loaded_control_of_obligation(work, command->obligation_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        if (control_of(work->txn, work->arena, command->obligation_id)->n_difficulties >= DIFFICULTIES_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                                    "Cette obligation a déjà %d difficultés déclarées : l'acheteur doit d'abord "
                                    "répondre.",
                                    DIFFICULTIES_MAX);

        Contracts__DifficultyDeclared body = CONTRACTS__DIFFICULTY_DECLARED__INIT;
        Contracts__Difficulty sealed = CONTRACTS__DIFFICULTY__INIT;
        body.obligation_id = loaded.obligation->obligation_id;
        body.contract_id = loaded.obligation->contract_id;
        body.letter_on = sealed.letter_on = command->letter_on;
        sealed.text = command->text;
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));

        Contracts__DeclareDifficultyReply *reply =
                pb_new(&contracts__declare_difficulty_reply__descriptor, work->arena);
        reply->obligation_id = body.obligation_id;
        return reply_ok(work, reply);
}
