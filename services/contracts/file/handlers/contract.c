/* contract.c: a contract that is opened by hand, and corrected. */
#include "contracts/calls.h"

#include <string.h>

#include "common/base/text.h"
#include "services/contracts/clauses/clause.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

enum {
        RECORDS_MAX = 5000, /* of one buyer that are compared */
        OBJECT_FOLDED_SIZE = 1024,
};

/* The number may not be given yet. */
static bool is_same(const Contracts__ContractRecord *known, const Contracts__ContractRecord *opened, char *folded)
{
        char object[OBJECT_FOLDED_SIZE];
        if (!text_is_empty(known->number) && !text_is_empty(opened->number) &&
            strcmp(known->number, opened->number) != 0)
                return false;
        text_fold(known->object, object, sizeof(object));
        return strcmp(object, folded) == 0;
}

/* The same contract opened twice counts its hours twice. */
static bool is_new(const struct work *work, const Contracts__OpenContract *command, struct refusal *ret_refusal)
{
        const Contracts__ContractRecord *opened = command->record;
        char folded[OBJECT_FOLDED_SIZE];
        struct walk walk;
        struct id id;
        bool found = false;

        text_fold(opened->object, folded, sizeof(folded));
        contracts_walk_records_of_buyer(work->txn, opened->buyer_siret, "", slice_of(NULL, 0), &walk);
        for (size_t i = 0; !found && !command->is_another && i < RECORDS_MAX && walk_next(&walk, &id); i++) {
                const Contracts__ContractRecord *known = contracts_record_find(work->txn, work->arena, id);
                /* Security: of a contract that one may not see, nothing is told. */
                found = known != NULL && is_same(known, opened, folded) && access_contract(work, id, known);
        }
        walk_end(&walk);
        return !found || refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "record.object",
                                "Un contrat de cet acheteur a déjà cet objet : complétez-le (AmendContract), ou dites "
                                "que c'en est un autre (isAnother).");
}

/* open_contract: a contract of ours: in preparation, or private.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ContractOpened.
 * Refuses: INVALID_FIELD (record, lots, territories), NOT_ALLOWED; of the line that it comes from: NOT_FOUND,
 * INVALID_FIELD (another buyer), ALREADY_EXISTS (a contract was opened from it). */
struct reply handle_open_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__OpenContract *command = (const Contracts__OpenContract *)message;
        struct territories asked = {command->territories, command->n_territories};
        struct territories territories;
        struct refusal refusal;

        if (!contract_check_ours(command->record, &refusal) ||
            !contract_check_lots(command->lots, command->n_lots, &refusal) ||
            !clause_territories(&asked, command->record, work->arena, &territories, &refusal) ||
            !programming_may_open(work, command->programme_line_id, command->record, &refusal) ||
            !is_new(work, command, &refusal))
                return reply_refusal(work, &refusal);
        /* Security: a facilitator acts where one of its territories is concerned. */
        if (!access_territories(work, territories.codes, territories.count))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territories",
                                    "Aucun des départements de ce contrat n'est dans votre territoire : adressez-vous "
                                    "au facilitateur qui le suit.");

        Contracts__ContractOpened body = CONTRACTS__CONTRACT_OPENED__INIT;
        body.contract_id = id_to(work->arena, work_new_id(work));
        body.record = command->record;
        body.record->format = CONTRACTS__RECORD_FORMAT__OURS;
        body.lots = command->lots;
        body.n_lots = command->n_lots;
        body.territories = territories.codes;
        body.n_territories = territories.count;
        body.programme_line_id = command->programme_line_id;
        work_record(work, &body.base);

        Contracts__OpenContractReply *reply = pb_new(&contracts__open_contract_reply__descriptor, work->arena);
        reply->contract_id = body.contract_id;
        return reply_ok(work, reply);
}

/* amend_contract: our own truth of a contract changes, or begins beside what its buyer published.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ContractAmended, or nothing where nothing
 * changes. Refuses: NOT_FOUND, INVALID_FIELD (record, lots, reason), NOT_ALLOWED, WRONG_STATE (a private contract that
 * is none, or the reverse, with hours that were taken over). */
static bool may_amend(const Contracts__AmendContract *command, struct refusal *ret_refusal)
{
        return contract_check_ours(command->record, ret_refusal) &&
               contract_check_lots(command->lots, command->n_lots, ret_refusal);
}

/* What was published is public: nobody takes it back by calling it private. */
static bool hides_what_was_published(const struct work *work, struct id id, const Contracts__ContractRecord *old,
                                     const Contracts__ContractRecord *record)
{
        return record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE && old->kind != CONTRACTS__CONTRACT_KIND__PRIVATE &&
               (!contracts_record_is_ours(old) || contracts_published_find(work->txn, work->arena, id) != NULL);
}

/* Hours that were taken over count in public, or do not: tracking tells its own again, these are told by hand. */
static bool has_taken_over(const struct work *work, struct id contract)
{
        struct walk obligations, lines;
        struct id obligation, line;
        bool found = false;
        contracts_walk_obligations_of_contract(work->txn, contract, slice_of(NULL, 0), &obligations);
        while (!found && walk_next(&obligations, &obligation)) {
                taken_over_walk(work->txn, obligation, NULL, &lines);
                found = walk_next(&lines, &line);
                walk_end(&lines);
        }
        walk_end(&obligations);
        return found;
}

static bool moves_taken_over(const struct work *work, struct id id, const Contracts__ContractRecord *old,
                             const Contracts__ContractRecord *record)
{
        bool was = old->kind == CONTRACTS__CONTRACT_KIND__PRIVATE,
             is = record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
        return was != is && has_taken_over(work, id);
}

static struct reply answer(struct work *work, const Contracts__AmendContract *command)
{
        Contracts__AmendContractReply *reply = pb_new(&contracts__amend_contract_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}

struct reply handle_amend_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AmendContract *command = (const Contracts__AmendContract *)message;
        struct id id = id_of(command->contract_id);
        struct refusal refusal;

        const Contracts__ContractRecord *old = contracts_record_find(work->txn, work->arena, id);
        if (old == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : ouvrez-le ou importez-le d'abord.");
        if (!may_amend(command, &refusal))
                return reply_refusal(work, &refusal);
        if (hides_what_was_published(work, id, old, command->record))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.kind",
                                    "Ce contrat est publié : il ne peut pas devenir privé. Gardez sa sorte, ou ouvrez "
                                    "le contrat privé à part.");
        if (moves_taken_over(work, id, old, command->record))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "record.kind",
                                    "Des heures ont été reprises sur ce contrat : annulez leur reprise (WithdrawAct), "
                                    "corrigez la sorte de contrat, puis reprenez-les.");
        command->record->format = CONTRACTS__RECORD_FORMAT__OURS;
        if (command->n_lots == 0 && slice_equal(pb_encode(old, work->arena), pb_encode(command->record, work->arena)))
                return answer(work, command);

        Contracts__ContractAmended body = CONTRACTS__CONTRACT_AMENDED__INIT;
        body.contract_id = command->contract_id;
        body.record = command->record;
        body.lots = command->lots;
        body.n_lots = command->n_lots;
        body.reason = command->reason;
        work_record(work, &body.base);
        return answer(work, command);
}
