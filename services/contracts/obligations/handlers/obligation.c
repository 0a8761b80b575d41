/* obligation.c: an obligation, and what becomes of it. */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <string.h>

#include "common/base/french.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/loaded_obligation.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligation.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/recording.h"
#include "services/contracts/obligations/terms.h"
#include "services/contracts/obligations/transfer.h"
#include "services/contracts/record/company.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"

/* record_obligation: who owes the hours of a clause. Opens its ledger: CLAUSE -> DUE.
 * Caller: facilitator (of one of the clause's territories), coordinator.  Emits: ObligationRecorded.
 * Refuses: NOT_FOUND (clause), INVALID_FIELD (contractor, hours), NOT_ALLOWED, ALREADY_EXISTS (this company, this
 * clause). Several companies may share a clause, each with its own hours: a group. */
struct reply handle_record_obligation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordObligation *command = (const Contracts__RecordObligation *)message;
        struct refusal refusal;
        struct hours hours;

        const Contracts__ClausePut *clause = contracts_clause_find(work->txn, work->arena, id_of(command->clause_id));
        if (clause == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "clause_id",
                                    "Cette clause n'est pas connue : posez-la d'abord sur le lot du contrat.");
        struct members members = members_of_clause(work, id_of(clause->clause_id));
        if (!contract_admits(contracts_file_find(work->txn, work->arena, id_of(clause->contract_id)), &refusal) ||
            !recording_decide(work, command, &(struct recording){clause, &members}, &hours, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ObligationRecorded *obligation = obligation_to_record(work, command, clause, hours);
        work_record(work, &obligation->base);

        Contracts__RecordObligationReply *reply = pb_new(&contracts__record_obligation_reply__descriptor, work->arena);
        reply->obligation_id = obligation->obligation_id;
        reply->hours = obligation->hours;
        return reply_ok(work, reply);
}

/* amend_obligation: an amendment of the contract (avenant) changes what is owed. CLAUSE -> DUE, the difference.
 * Caller: facilitator (of one of its departments), coordinator.  Emits: ObligationAmended, or nothing where the hours
 * are what they were.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (hours, reference, amended_on, reason),
 * WRONG_STATE (hours that follow from invoices). It may be told after the contract has ended: papers come late. */
enum { TERMS_MAX = 200 }; /* amendments of one obligation: its row is read and written whole */

static bool may_amend(const struct loaded_obligation *loaded, const Contracts__ObligationTerms *terms,
                      struct refusal *ret_refusal)
{
        if (loaded->obligation->by_invoices)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "Les heures de cet accord-cadre suivent ses factures : enregistrez une facture ou un "
                              "avoir (RecordContractInvoice).");
        return terms->n_terms < TERMS_MAX ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                      "Cette obligation a déjà %d avenants : annulez ceux qui n'ont pas lieu d'être (WithdrawAct).",
                      TERMS_MAX);
}

static bool is_what_it_was(const Contracts__AmendObligation *command, const struct demand *demand)
{
        struct day day = day_of(command->amended_on);
        return terms_is_latest(demand->terms, day) &&
               hours_hundredths(hours_of(command->hours)) == hours_hundredths(terms_demanded_before(demand, day));
}

/* An older amendment that is told late changes nothing of what a later one demands. */
static void record_amendment(struct work *work, const Contracts__AmendObligation *command,
                             const struct loaded_obligation *loaded, const struct demand *demand)
{
        struct day day = day_of(command->amended_on);
        Contracts__ObligationAmended body = CONTRACTS__OBLIGATION_AMENDED__INIT;
        struct postings postings = {0};

        loaded_obligation_post_demand(work, loaded, terms_demanded_with(demand, day, hours_of(command->hours)),
                                      arena_printf(work->arena, "Avenant %s", command->reference), &postings);
        body.contract_id = loaded->obligation->contract_id;
        body.obligation_id = loaded->obligation->obligation_id;
        body.former_hours = hours_to(work->arena, terms_demanded_before(demand, day));
        body.hours = command->hours;
        body.reference = command->reference;
        body.amended_on = command->amended_on;
        body.reason = command->reason;
        body.ground = command->ground;
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);
}

/* What is done, passed on or waived stays so: an amendment that asks for less leaves a surplus, and is often a slip. */
static void warn_of_surplus(const struct work *work, const struct ledger *ledger,
                            Contracts__AmendObligationReply *reply)
{
        int64_t surplus = -hours_hundredths(ledger->balance[ACCOUNT_DUE]);
        int64_t demanded = hours_hundredths(ledger_demanded(ledger));
        if (surplus <= 0)
                return;
        char *text = arena_printf(
                work->arena,
                "%s sont déjà réalisées, passées à d'autres ou remises, et l'avenant n'en demande plus que %s : %s "
                "restent en surplus. Vérifiez les heures de l'avenant ; pour l'annuler : WithdrawAct.",
                french_hours(work->arena, hours_of_hundredths(demanded + surplus)),
                french_hours(work->arena, hours_of_hundredths(demanded)),
                french_hours(work->arena, hours_of_hundredths(surplus)));
        pb_append_text(&reply->warnings, &reply->n_warnings, text, work->arena);
}

struct reply handle_amend_obligation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AmendObligation *command = (const Contracts__AmendObligation *)message;
        struct refusal refusal;
        struct loaded_obligation loaded;

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal))
                return reply_refusal(work, &refusal);
        struct demand demand = loaded_obligation_demand(work, &loaded);
        if (!may_amend(&loaded, demand.terms, &refusal))
                return reply_refusal(work, &refusal);
        if (!is_what_it_was(command, &demand))
                record_amendment(work, command, &loaded, &demand);

        struct ledger ledger = contracts_ledger(work->txn, work->arena, loaded.id);
        Contracts__AmendObligationReply *reply = pb_new(&contracts__amend_obligation_reply__descriptor, work->arena);
        reply->due = hours_to(work->arena, ledger_demanded(&ledger));
        reply->remaining = hours_to(work->arena, ledger.balance[ACCOUNT_DUE]);
        warn_of_surplus(work, &ledger, reply);
        return reply_ok(work, reply);
}

/* waive_hours: the buyer gives up hours that are still owed. DUE -> WAIVED.
 * Caller: buyer of the contract; facilitator, coordinator with the reference and date of its written decision.
 * Emits: HoursWaived.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (hours, reason, decision), WRONG_STATE (more than
 * remains). The buyer may give up hours after the end too: then the attestation can be issued. */
struct reply handle_waive_hours(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__WaiveHours *command = (const Contracts__WaiveHours *)message;
        Contracts__LedgerDecision *decision;
        struct postings postings = {0};
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct loaded_obligation loaded;

        if (!loaded_obligation_find(work, command->obligation_id, "obligation_id", &loaded, &refusal))
                return reply_refusal(work, &refusal);
        const struct decider decider = decider_acting(work, &loaded.contract->buyer_siret, 1, siret);
        if (!decision_check(command->decision, &decider, work->arena, &decision, &refusal) ||
            !transfer_hours(hours_of(command->hours), &loaded.ledger, &refusal))
                return reply_refusal(work, &refusal);

        struct posting posting = {ACCOUNT_DUE, ACCOUNT_WAIVED, hours_of(command->hours)};
        loaded_obligation_post(work, &loaded, &posting, "Remise décidée par l'acheteur", &postings);
        Contracts__HoursWaived body = CONTRACTS__HOURS_WAIVED__INIT;
        body.contract_id = loaded.obligation->contract_id;
        body.obligation_id = loaded.obligation->obligation_id;
        body.reason = command->reason;
        body.decision = decision;
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);

        Contracts__WaiveHoursReply *reply = pb_new(&contracts__waive_hours_reply__descriptor, work->arena);
        struct ledger ledger = contracts_ledger(work->txn, work->arena, loaded.id);
        reply->remaining = hours_to(work->arena, ledger.balance[ACCOUNT_DUE]);
        return reply_ok(work, reply);
}
