/* relief.c: a difficulty of the company, and what the buyer grants for it. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/suspending.h"

/* declare_difficulty: the company says, by registered letter, that it cannot do the hours. The buyer may then suspend
 * or reduce; the facilitator studies the means before. Caller: the company; facilitator (of one of the obligation's
 * territories), coordinator.  Emits: DifficultyDeclared, its text sealed. Refuses: NOT_FOUND, NOT_ALLOWED,
 * INVALID_FIELD (letter_on, text). */
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

/* decide_relief: the buyer's answer to a difficulty: suspension, fewer hours, none, or a refusal. The hours themselves
 * are moved by a posting of their own in the ledger, which names this decision. Caller: the contract's buyer;
 * facilitator (of one of the obligation's territories) or coordinator for it, with the reference of the signed decision
 * and who signed.  Emits: ReliefDecided. Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (relief, from, to, hours,
 * reasons, decided_on, reference, signatory), WRONG_STATE (no difficulty was declared, days that are suspended already,
 * or the contract has ended). */
enum { RELIEFS_MAX = 50 }; /* of one obligation: its row is read and written whole */

static bool check_suspension(const struct work *work, const Contracts__DecideRelief *command,
                             const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        Contracts__Suspension asked = CONTRACTS__SUSPENSION__INIT;
        if (command->from == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "from",
                              "Donnez le premier jour de la suspension.");
        asked.from = command->from;
        asked.decided_to = command->to;
        asked.lot = command->whole_contract ? 0 : loaded->obligation->lot;
        asked.obligation_id = command->whole_contract ? NULL : loaded->obligation->obligation_id;
        return suspending_admits(work, &loaded->contract, &asked, ret_refusal);
}

static bool check_hours(const Contracts__DecideRelief *command, const struct loaded_control *loaded,
                        struct refusal *ret_refusal)
{
        int64_t remaining = hours_hundredths(loaded->pace.owed) - hours_hundredths(loaded->pace.done);
        int64_t hours = hours_hundredths(hours_of(command->hours));
        return (hours > 0 && hours <= remaining) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                      "Les heures retirées doivent être positives et ne pas dépasser les %lld,%02lld h restantes.",
                      (long long)remaining / 100, (long long)remaining % 100);
}

static bool check_relief(const struct work *work, const Contracts__DecideRelief *command,
                         const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        switch (command->relief) {
        case CONTRACTS__RELIEF__RELIEF_SUSPEND: return check_suspension(work, command, loaded, ret_refusal);
        case CONTRACTS__RELIEF__RELIEF_REDUCE: return check_hours(command, loaded, ret_refusal);
        default: return true; /* all are given up, or none */
        }
}

static bool check_steps(const struct work *work, const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        const Contracts__ObligationControl *control =
                control_of(work->txn, work->arena, loaded->obligation->obligation_id);
        const Types__Day *ended_on = loaded->contract.file == NULL ? NULL : loaded->contract.file->ended_on;
        if (ended_on != NULL && day_number(work->today) > ended_on->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "Le contrat est terminé : les heures qui restent relèvent d'un dossier de contrôle.");
        if (control->n_reliefs >= RELIEFS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "Cette obligation a déjà %d décisions de ce genre.", RELIEFS_MAX);
        return control->n_difficulties > 0 ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "Il manque la lettre de l'entreprise qui déclare sa difficulté (DeclareDifficulty).");
}

static bool may_relieve(const struct work *work, const Contracts__DecideRelief *command,
                        const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        return check_steps(work, loaded, ret_refusal) && check_relief(work, command, loaded, ret_refusal) &&
               signed_by_buyer(work, command->reference, command->signatory, ret_refusal);
}

struct reply handle_decide_relief(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DecideRelief *command = (const Contracts__DecideRelief *)message;
        struct refusal refusal;
        struct loaded_control loaded;

        work_as_of(work, command->decided_on);
        if (!loaded_control_of_obligation(work, command->obligation_id, &loaded, &refusal) ||
            !may_relieve(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ReliefDecided body = CONTRACTS__RELIEF_DECIDED__INIT;
        bool suspends = command->relief == CONTRACTS__RELIEF__RELIEF_SUSPEND;
        body.obligation_id = loaded.obligation->obligation_id;
        body.contract_id = loaded.obligation->contract_id;
        body.relief = command->relief;
        body.from = suspends ? command->from : NULL;
        body.to = suspends ? command->to : NULL;
        body.whole_contract = suspends && command->whole_contract;
        body.hours = command->relief == CONTRACTS__RELIEF__RELIEF_REDUCE ? command->hours : NULL;
        body.reasons = command->reasons;
        body.decided_on = command->decided_on != NULL ? command->decided_on : day_to(work->arena, work->today);
        body.reference = command->reference;
        body.recorded_for_buyer = !acts_as_buyer(work);
        work_record_sealed(work, &body.base, sealed_signature(work, command->signatory));

        Contracts__DecideReliefReply *reply = pb_new(&contracts__decide_relief_reply__descriptor, work->arena);
        reply->obligation_id = body.obligation_id;
        return reply_ok(work, reply);
}
