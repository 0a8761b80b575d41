/* declining.c: a contract that is not taken on, and taken on all the same. */
#include "contracts/calls.h"
#include "services/contracts/association/association.h"

#include "common/base/require.h"
#include "common/texts/texts.h"
#include "services/contracts/agreements/letterhead.h"
#include "services/contracts/association/association_rows.h"
#include "services/contracts/association/decline.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/loaded_contract.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* decline_contract: a contract in which the facilitator is named without having been associated is not followed; the
 * buyer gets a letter that says why and what would mend it.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ContractDeclined.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (reason, text), WRONG_STATE (associated, declined, hours owed). */
static bool is_owed(const struct work *work, struct id contract)
{
        struct walk walk;
        struct id id;
        contracts_walk_obligations_of_contract(work->txn, contract, slice_of(NULL, 0), &walk);
        bool owed = walk_next(&walk, &id);
        walk_end(&walk);
        return owed;
}

static char *letter_to_buyer(const struct work *work, const Contracts__DeclineContract *command,
                             const struct loaded_contract *loaded, struct to_confirm *list, struct refusal *ret_refusal)
{
        const Texts__TextVersion *texts = rules_on(work, DATED_ASSOCIATION_TEXTS, work->today);
        const Texts__Text *letter = text_find(texts, "decline_letter");
        const Texts__Text *reason = text_find(texts, decline_reason_name(command->reason));
        require(letter != NULL && reason != NULL); /* association_texts_check() */
        const struct letterhead buyer = letterhead_of_buyer(loaded);
        const struct text_field fields[] = {
                {"carrier", letterhead_carrier(work, loaded, list)},
                {"buyer", letterhead_lines(work, &buyer, list)},
                {"contract", loaded_contract_name(loaded, work->arena)},
                {"object", loaded->record->object},
                {"day", french_day(work->arena, work->today)},
                {"reason", reason->lines[0]},
                {"remedy", reason->lines[1]},
                {"text", command->text},
        };
        return text_merge(letter, fields, ARRAY_SIZE(fields), work->arena, ret_refusal);
}

struct reply handle_decline_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DeclineContract *command = (const Contracts__DeclineContract *)message;
        work_as_of(work, command->declined_on);
        const Texts__TextVersion *texts = rules_on(work, DATED_ASSOCIATION_TEXTS, work->today);
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal) ||
            !decline_check(loaded.file, is_owed(work, loaded.id), &refusal))
                return reply_refusal(work, &refusal);
        struct to_confirm list = {.arena = work->arena};
        char *letter = letter_to_buyer(work, command, &loaded, &list, &refusal);
        if (letter == NULL)
                return reply_refusal(work, &refusal);

        Contracts__ContractDeclined body = CONTRACTS__CONTRACT_DECLINED__INIT;
        body.contract_id = command->contract_id;
        body.reason = command->reason;
        body.text = command->text;
        body.declined_on = day_to(work->arena, work->today);
        body.letter = letter;
        body.texts_version = texts->version;
        work_record(work, &body.base);

        Contracts__DeclineContractReply *reply = pb_new(&contracts__decline_contract_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        reply->letter = letter;
        reply->to_confirm = list.texts;
        reply->n_to_confirm = list.count;
        return reply_ok(work, reply);
}

/* decline_letter: the letter that told the buyer why its contract is declined, as it was written that day.
 * Caller: facilitator, coordinator, auditor; the buyer whose contract it is. */
struct reply handle_decline_letter(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DeclineLetter *query = (const Contracts__DeclineLetter *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, query->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        const Contracts__ContractDeclined *decline = decline_find(work->txn, work->arena, loaded.id);
        if (decline == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'a jamais été décliné : il n'y a pas de lettre.");

        Contracts__DeclineLetterReply *reply = pb_new(&contracts__decline_letter_reply__descriptor, work->arena);
        reply->declined_on = decline->declined_on;
        reply->letter = decline->letter;
        reply->texts_version = decline->texts_version;
        return reply_ok(work, reply);
}

/* resume_contract: the buyer made good, the declined contract is followed again from the stage where it stood.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ContractResumed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (not declined), INVALID_FIELD (regularised_on, text). */
struct reply handle_resume_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ResumeContract *command = (const Contracts__ResumeContract *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal) ||
            !resume_check(loaded.file, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ContractResumed body = CONTRACTS__CONTRACT_RESUMED__INIT;
        body.contract_id = command->contract_id;
        body.regularised_on = command->regularised_on;
        body.text = command->text;
        work_record(work, &body.base);

        Contracts__ResumeContractReply *reply = pb_new(&contracts__resume_contract_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
