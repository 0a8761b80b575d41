/* scene.h: what the ledger's tests are about. One clause of 833 h shared by two companies of a group (500 and 333), of
 * the buyer of the fixture; and a contract of another buyer that the first company has as well (200 h).
 *
 *     contract (BUYER_SIRET)   lead   500 h   CONTRACTOR_SIRET, organisation 1
 *                              member 333 h   MEMBER_SIRET, organisation 2
 *     other    (OTHER_BUYER)   elsewhere 200 h   another establishment of the lead's company, organisation 1
 *
 * Organisations 5 and 6 are the two buyers. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_OBLIGATIONS_SCENE_H
#define TESTS_UNIT_SERVICES_CONTRACTS_OBLIGATIONS_SCENE_H

#include "tests/unit/services/contracts/fixture.h"

#define MEMBER_SIRET      "38012986646850"
#define OTHER_BUYER_SIRET "21090122900018"
#define ELSEWHERE_SIRET   "13002526500021" /* the same company as CONTRACTOR_SIRET */

struct scene {
        Types__Id *contract, *other_contract;
        Types__Id *clause, *other_clause;
        Types__Id *lead, *member, *elsewhere;
};

static inline Types__Id *owes(struct fixture *f, Types__Id *clause, const char *siret, uint8_t organisation,
                              int64_t hours)
{
        Contracts__RecordObligation *command = obligation_on(f, clause);
        command->contractor_siret = arena_text(&f->arena, siret);
        command->contractor_name = arena_printf(&f->arena, "Entreprise %s", siret);
        command->contractor_organisation = id_to(&f->arena, id_numbered(organisation));
        command->hours = whole_hours(f, hours);
        return record_obligation(f, command)->obligation_id;
}

static inline struct scene set_scene(struct fixture *f)
{
        struct scene scene;
        Contracts__ContractRecord *record = a_record(f);
        record->grouping = arena_text(&f->arena, "Conjoint");
        scene.contract = import(f, record)->contract_id;
        record = a_record(f);
        record->buyer_siret = arena_text(&f->arena, OTHER_BUYER_SIRET);
        scene.other_contract = import(f, record)->contract_id;
        scene.clause = put_clause(f, clause_on(f, scene.contract))->clause_id;
        scene.other_clause = put_clause(f, clause_on(f, scene.other_contract))->clause_id;
        scene.lead = owes(f, scene.clause, CONTRACTOR_SIRET, 1, 500);
        scene.member = owes(f, scene.clause, MEMBER_SIRET, 2, 333);
        scene.elsewhere = owes(f, scene.other_clause, ELSEWHERE_SIRET, 1, 200);
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, OTHER_BUYER_SIRET);
        directory_tells(f, 3, 1, CONTRACTOR_SIRET);
        directory_tells(f, 4, 2, MEMBER_SIRET);
        return scene;
}

static inline const Wire__Passport *buyer(struct fixture *f)
{
        return of_organisation(f, TYPES__ROLE__BUYER, 5);
}

static inline const Wire__Passport *other_buyer(struct fixture *f)
{
        return of_organisation(f, TYPES__ROLE__BUYER, 6);
}

/* A framework agreement's two members: 1 h for each full 2,000 € invoiced beyond 100,000 €. */
static inline void framework_scene(struct fixture *f, Types__Id *ret_members[2])
{
        static const char *const sirets[] = {CONTRACTOR_SIRET, MEMBER_SIRET};
        Contracts__PutClause *put = clause_on(f, a_contract(f));
        put->calibration->method = CONTRACTS__CALIBRATION_METHOD__PER_INVOICED;
        put->calibration->amount_per_hour = euros(f, 2000);
        put->calibration->trigger = euros(f, 100000);
        Types__Id *clause = put_clause(f, put)->clause_id;
        for (size_t i = 0; i < ARRAY_SIZE(sirets); i++) {
                Contracts__RecordObligation *command = obligation_on(f, clause);
                command->contractor_siret = arena_text(&f->arena, sirets[i]);
                command->by_invoices = true;
                f->world.now_ms_value++; /* ids grow with time */
                ret_members[i] = record_obligation(f, command)->obligation_id;
        }
}

/* ---- the buyer's word, as a facilitator writes it down */

static inline Contracts__LedgerDecision *written(struct fixture *f, const char *siret)
{
        Contracts__LedgerDecision *decision = pb_new(&contracts__ledger_decision__descriptor, &f->arena);
        decision->buyer_siret = arena_text(&f->arena, siret);
        decision->reference = arena_text(&f->arena, "Courrier 2026-118");
        decision->decided_on = a_day(f, 2026, 10, 12);
        return decision;
}

static inline Contracts__ProposeTransfer *transfer_from(struct fixture *f, Types__Id *from, Types__Id *to,
                                                        int64_t hours)
{
        Contracts__ProposeTransfer *command = pb_new(&contracts__propose_transfer__descriptor, &f->arena);
        command->from_obligation_id = from;
        command->to_obligation_id = to;
        command->hours = whole_hours(f, hours);
        command->reason = arena_text(&f->arena, "L'équipe du cotraitant est déjà en place");
        return command;
}

static inline const Contracts__ProposeTransferReply *propose(struct fixture *f, Contracts__ProposeTransfer *command)
{
        return fixture_get(f, facilitator(f), "ProposeTransfer", command);
}

static inline const Contracts__AgreeTransferReply *agree(struct fixture *f, const Wire__Passport *actor,
                                                         Types__Id *transfer, Contracts__LedgerDecision *decision)
{
        Contracts__AgreeTransfer command = CONTRACTS__AGREE_TRANSFER__INIT;
        command.transfer_id = transfer;
        command.decision = decision;
        return fixture_get(f, actor, "AgreeTransfer", &command);
}

static inline Contracts__WaiveHours *waiver(struct fixture *f, Types__Id *obligation, int64_t hours)
{
        Contracts__WaiveHours *command = pb_new(&contracts__waive_hours__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->hours = whole_hours(f, hours);
        command->reason = arena_text(&f->arena, "Activité partielle de l'entreprise");
        command->decision = written(f, "");
        return command;
}

static inline Contracts__AmendObligation *amendment(struct fixture *f, Types__Id *obligation, int64_t hours)
{
        Contracts__AmendObligation *command = pb_new(&contracts__amend_obligation__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->hours = whole_hours(f, hours);
        command->reference = arena_text(&f->arena, "n° 2");
        command->amended_on = a_day(f, 2026, 10, 1);
        command->reason = arena_text(&f->arena, "Travaux supplémentaires");
        return command;
}

static inline Contracts__RecordOrder *order_of(struct fixture *f, Types__Id *obligation, const char *number,
                                               int64_t amount)
{
        Contracts__RecordOrder *command = pb_new(&contracts__record_order__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->kind = CONTRACTS__ORDER_KIND__PURCHASE_ORDER;
        command->number = arena_text(&f->arena, number);
        command->starts_on = a_day(f, 2026, 10, 1);
        command->ends_on = a_day(f, 2026, 11, 5); /* 36 days, of which 18 have passed today */
        command->amount = euros(f, amount);
        return command;
}

static inline Contracts__RecordContractInvoice *invoice_of(struct fixture *f, Types__Id *obligation, const char *number,
                                                           int64_t amount)
{
        Contracts__RecordContractInvoice *command = pb_new(&contracts__record_contract_invoice__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->number = arena_text(&f->arena, number);
        command->dated = a_day(f, 2026, 10, 9);
        command->amount = euros(f, amount);
        return command;
}

/* due = done + converted + transferred + waived + remaining, in hundredths, and the sum over all accounts is zero. */
static inline void balanced(struct fixture *f, Types__Id *obligation)
{
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->due->hundredths, view->done->hundredths + view->converted->hundredths +
                                                        view->transferred->hundredths + view->waived->hundredths +
                                                        view->remaining->hundredths);
        assert_int_equal(ledger_sum(f, obligation), 0);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

/* The contract is over: its hours stand. */
static inline void ended(struct fixture *f, Types__Id *contract)
{
        Contracts__EndContract command = CONTRACTS__END_CONTRACT__INIT;
        command.contract_id = contract;
        command.ended_on = a_day(f, 2026, 10, 10);
        command.kind = CONTRACTS__CONTRACT_END_KIND__END_COMPLETED;
        (void)fixture_get(f, coordinator(f), "EndContract", &command);
}

/* The events recorded so far, to see that something told nothing. */
static inline uint64_t told(struct fixture *f)
{
        return engine_position(f->engine);
}

#endif
