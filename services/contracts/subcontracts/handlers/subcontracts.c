/* subcontracts.c: subcontractors that are declared, accepted, and whose amount changes. */
#include "contracts/calls.h"
#include "services/contracts/subcontracts/subcontracts.h"

#include "common/base/text.h"
#include "services/contracts/obligations/loaded_obligation.h"
#include "services/contracts/record/loaded_contract.h"
#include "services/contracts/subcontracts/subcontract.h"
#include "services/contracts/subcontracts/subcontracts_rows.h"

/* declare_subcontract: the company that holds the contract declares a subcontractor to its buyer (DC4).
 * Caller: facilitator (of one of the contract's departments), coordinator; the company that owes.
 * Emits: SubcontractDeclared.  Refuses: NOT_FOUND (obligation), NOT_ALLOWED, INVALID_FIELD (subcontractor_siret: the
 * holder itself; payment: no public market), WRONG_STATE (contract ended; too many acts). */
static size_t count_acts(const struct work *work, struct id contract)
{
        struct walk walk;
        struct id id;
        size_t count = 0;
        contracts_about_walk(work->txn, contract, ABOUT_SUBCONTRACT, &walk);
        while (walk_next(&walk, &id))
                count++;
        walk_end(&walk);
        return count;
}

static bool may_declare(const struct work *work, const Contracts__DeclareSubcontract *command,
                        const struct loaded_obligation *loaded, struct refusal *ret_refusal)
{
        if (subcontract_same_company(loaded->obligation->contractor_siret, command->subcontractor_siret))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "subcontractor_siret",
                              "Une entreprise n'est pas son propre sous-traitant : donnez le SIRET d'une autre.");
        return loaded_obligation_going_on(loaded, command->declared_on, ret_refusal) &&
               (count_acts(work, id_of(loaded->obligation->contract_id)) < SUBCONTRACTS_MAX ||
                refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                       "Ce contrat a déjà %d actes de sous-traitance : annulez ceux qui sont faux (WithdrawAct).",
                       SUBCONTRACTS_MAX));
}

static char *below_law(const struct work *work)
{
        return arena_text(work->arena,
                          "Le paiement direct par l'acheteur est de droit à partir de 600 € TTC (R2193-10) : "
                          "le sous-traitant n'y renonce pas valablement. Vérifiez l'acte.");
}

struct reply handle_declare_subcontract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DeclareSubcontract *command = (const Contracts__DeclareSubcontract *)message;
        Contracts__SubcontractDeclared body = CONTRACTS__SUBCONTRACT_DECLARED__INIT;
        struct loaded_obligation loaded;
        struct refusal refusal;
        bool by_buyer;

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal) ||
            !may_declare(work, command, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        body.declared_on = command->declared_on != NULL ? command->declared_on : day_to(work->arena, work->today);
        const Contracts__SubcontractingRulesVersion *rules =
                rules_on(work, DATED_SUBCONTRACTING, day_of(body.declared_on));
        if (!subcontract_payment(rules, loaded.contract->kind, command, &by_buyer, &refusal))
                return reply_refusal(work, &refusal);
        body.subcontract_id = id_to(work->arena, work_new_id(work));
        body.contract_id = loaded.obligation->contract_id;
        body.obligation_id = command->obligation_id;
        body.subcontractor_siret = command->subcontractor_siret;
        body.subcontractor_name = command->subcontractor_name;
        body.nature = command->nature;
        body.amount = command->amount;
        body.payment_terms = command->payment_terms;
        body.paid_by_buyer = by_buyer;
        body.reference = command->reference;
        body.tacit_on = day_to(work->arena, day_of_number(body.declared_on->days + (int32_t)rules->tacit_days));
        body.rules_version = rules->version;
        work_record(work, &body.base);

        Contracts__DeclareSubcontractReply *reply =
                pb_new(&contracts__declare_subcontract_reply__descriptor, work->arena);
        reply->subcontract_id = body.subcontract_id;
        reply->paid_by_buyer = by_buyer;
        reply->tacit_on = body.tacit_on;
        if (subcontract_is_below_law(rules, loaded.contract->kind, command)) {
                reply->warnings = pb_append(reply->warnings, &reply->n_warnings, sizeof(char *), work->arena);
                reply->warnings[0] = below_law(work);
        }
        return reply_ok(work, reply);
}

/* An act with its contract, and the buyer's decision that is told of it. */
struct deciding {
        Contracts__SubcontractRow *row;
        Contracts__LedgerDecision *decision;
};

static bool find_deciding(const struct work *work, const Types__Id *id, const Contracts__LedgerDecision *said,
                          struct deciding *ret, struct refusal *ret_refusal)
{
        struct loaded_obligation loaded;
        char siret[SIRET_TEXT_SIZE];
        ret->row = subcontract_find(work->txn, work->arena, id_of(id));
        if (ret->row == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "subcontract_id",
                              "Cet acte de sous-traitance n'est pas connu : choisissez-le dans la liste du contrat.");
        if (!loaded_obligation_find(work, ret->row->declared->obligation_id, "subcontract_id", &loaded, ret_refusal))
                return false;
        const struct decider decider = decider_acting(work, &loaded.contract->buyer_siret, 1, siret);
        return decision_check(said, &decider, work->arena, &ret->decision, ret_refusal) &&
               loaded_obligation_going_on(&loaded, ret->decision->decided_on, ret_refusal);
}

/* decide_subcontract: the buyer accepts the subcontractor and how it is paid, or refuses it.
 * Caller: buyer of the contract; facilitator, coordinator with the reference and date of its written decision.
 * Emits: SubcontractDecided.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (choice, reason, decision), WRONG_STATE
 * (decided already; refused after its silence had accepted; contract ended). */
struct reply handle_decide_subcontract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DecideSubcontract *command = (const Contracts__DecideSubcontract *)message;
        Contracts__SubcontractDecided body = CONTRACTS__SUBCONTRACT_DECIDED__INIT;
        struct deciding deciding;
        struct refusal refusal;

        if (!find_deciding(work, command->subcontract_id, command->decision, &deciding, &refusal))
                return reply_refusal(work, &refusal);
        body.subcontract_id = command->subcontract_id;
        body.contract_id = deciding.row->declared->contract_id;
        body.choice = command->choice;
        body.reason = command->reason;
        body.decision = deciding.decision;
        if (!subcontract_may_decide(deciding.row, &body, &refusal))
                return reply_refusal(work, &refusal);
        if (body.choice == CONTRACTS__SUBCONTRACT_CHOICE__CHOICE_REFUSE && text_is_empty(body.reason))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                                    "Dites pourquoi l'acheteur refuse : le titulaire le lira.");
        work_record(work, &body.base);

        Contracts__DecideSubcontractReply *reply =
                pb_new(&contracts__decide_subcontract_reply__descriptor, work->arena);
        reply->contract_id = body.contract_id;
        deciding.row->decided = &body;
        reply->state = subcontract_state(deciding.row, work->today);
        return reply_ok(work, reply);
}

/* amend_subcontract: another amount at most, by an act that the buyer signs.
 * Caller: as decide_subcontract.  Emits: SubcontractAmended.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (amount,
 * reason, decision: before it was declared), WRONG_STATE (refused; contract ended). */
struct reply handle_amend_subcontract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AmendSubcontract *command = (const Contracts__AmendSubcontract *)message;
        Contracts__SubcontractAmended body = CONTRACTS__SUBCONTRACT_AMENDED__INIT;
        struct deciding deciding;
        struct refusal refusal;

        if (!find_deciding(work, command->subcontract_id, command->decision, &deciding, &refusal))
                return reply_refusal(work, &refusal);
        body.subcontract_id = command->subcontract_id;
        body.contract_id = deciding.row->declared->contract_id;
        body.amount = command->amount;
        body.reason = command->reason;
        body.decision = deciding.decision;
        if (!subcontract_may_amend(deciding.row, &body, &refusal))
                return reply_refusal(work, &refusal);
        body.former = money_to(work->arena, subcontract_amount(deciding.row, day_of(body.decision->decided_on)));
        work_record(work, &body.base);

        const Contracts__SubcontractRow *row = subcontract_find(work->txn, work->arena, id_of(command->subcontract_id));
        Contracts__AmendSubcontractReply *reply = pb_new(&contracts__amend_subcontract_reply__descriptor, work->arena);
        reply->contract_id = body.contract_id;
        reply->amount = row == NULL ? body.amount : money_to(work->arena, subcontract_amount(row, work->today));
        return reply_ok(work, reply);
}

/* subcontracts: those of a contract, and what does not fit of their invoices and of the publication.
 * Caller: facilitator, coordinator, auditor; the contract's buyer; a company, of what it owes itself.
 * Refuses: NOT_FOUND, NOT_ALLOWED. */
struct reply handle_subcontracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__SubcontractsRequest *query = (const Contracts__SubcontractsRequest *)message;
        struct loaded_contract loaded;
        struct refusal refusal;
        if (!loaded_contract_find(work, query->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, subcontracts_view(work, loaded.id, loaded.record));
}

/* subcontract_by_id: one of them, as the list of its contract shows it. Caller: as subcontracts. Refuses: NOT_FOUND. */
struct reply handle_subcontract_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__SubcontractById *query = (const Contracts__SubcontractById *)message;
        const Contracts__SubcontractRow *row = subcontract_find(work->txn, work->arena, id_of(query->subcontract_id));
        struct loaded_contract loaded;
        struct refusal refusal;
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "subcontract_id",
                                    "Cet acte de sous-traitance n'est pas connu : vérifiez son identifiant.");
        if (!loaded_contract_find(work, row->declared->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        const Contracts__SubcontractsReply *all = subcontracts_view(work, loaded.id, loaded.record);
        for (size_t i = 0; i < all->n_subcontracts; i++)
                if (id_equal(id_of(all->subcontracts[i]->subcontract_id), id_of(query->subcontract_id)))
                        return reply_ok(work, all->subcontracts[i]);
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "subcontract_id",
                            "Cet acte de sous-traitance n'est pas connu : vérifiez son identifiant.");
}
