/* Subcontractors: declared, accepted or refused, amended, withdrawn; what their invoices and the publication say beside
 * that, in the list, on the page of facts and in the final statement. */
#include "tests/unit/services/contracts/control/several.h"
#include "tests/unit/services/contracts/control/relief.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"

#define SUB_SIRET "38012986646850"

#define STATE(name)  CONTRACTS__SUBCONTRACT_STATE__SUBCONTRACT_##name
#define CHOICE(name) CONTRACTS__SUBCONTRACT_CHOICE__CHOICE_##name
#define FOUND(name)  CONTRACTS__SUBCONTRACT_FINDING_KIND__##name

enum { STRUCTURE = 60 };

static Contracts__DeclareSubcontract *declaration(struct fixture *f, Types__Id *obligation)
{
        Contracts__DeclareSubcontract *command = pb_new(&contracts__declare_subcontract__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->subcontractor_siret = arena_text(&f->arena, SUB_SIRET);
        command->subcontractor_name = arena_text(&f->arena, "Peintures d’Insertion");
        command->nature = arena_text(&f->arena, "façades nord");
        command->amount = euros(f, 10000);
        command->declared_on = a_day(f, 2026, 9, 1);
        command->reference = arena_text(&f->arena, "DC4 n° 1");
        return command;
}

static Types__Id *declared(struct fixture *f, Contracts__DeclareSubcontract *command)
{
        const Contracts__DeclareSubcontractReply *reply = fixture_get(f, facilitator(f), "DeclareSubcontract", command);
        return reply->subcontract_id;
}

static Contracts__LedgerDecision *decided_on(struct fixture *f, Types__Day *day)
{
        Contracts__LedgerDecision *decision = pb_new(&contracts__ledger_decision__descriptor, &f->arena);
        decision->reference = arena_text(&f->arena, "Acte spécial signé");
        decision->decided_on = day;
        return decision;
}

static Contracts__DecideSubcontract *answer(struct fixture *f, Types__Id *act, Contracts__SubcontractChoice choice,
                                            Types__Day *day)
{
        Contracts__DecideSubcontract *command = pb_new(&contracts__decide_subcontract__descriptor, &f->arena);
        command->subcontract_id = act;
        command->choice = choice;
        command->decision = decided_on(f, day);
        if (choice == CHOICE(REFUSE))
                command->reason = arena_text(&f->arena, "Capacités non établies");
        return command;
}

static const Contracts__SubcontractsReply *list(struct fixture *f, const Wire__Passport *actor, Types__Id *contract)
{
        Contracts__SubcontractsRequest query = CONTRACTS__SUBCONTRACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "Subcontracts", &query);
}

/* An invoice of the structure, as tracking tells it. */
static void invoiced(struct fixture *f, uint64_t number, Types__Id *obligation, Types__Day *dated, int64_t amount)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceConverted body = TRACKING__INVOICE_CONVERTED__INIT;
        body.invoice_id = id_to(&f->arena, id_numbered((uint8_t)(100 + number)));
        body.obligation_id = obligation;
        body.subcontractor = id_to(&f->arena, id_numbered(STRUCTURE));
        body.number = arena_printf(&f->arena, "FA-%d", (int)number);
        body.dated = dated;
        body.amount = euros(f, amount);
        body.hours = whole_hours(f, amount / 50);
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CONVERTED;
        event.invoice_converted = &body;
        assert_int_equal(engine_feed(f->engine, "tracking-1", number, &event.base), 0);
}

static void cancelled(struct fixture *f, uint64_t number, uint64_t which, Types__Id *obligation)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceCancelled body = TRACKING__INVOICE_CANCELLED__INIT;
        body.invoice_id = id_to(&f->arena, id_numbered((uint8_t)(100 + which)));
        body.obligation_id = obligation;
        body.subcontractor = id_to(&f->arena, id_numbered(STRUCTURE));
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CANCELLED;
        event.invoice_cancelled = &body;
        assert_int_equal(engine_feed(f->engine, "tracking-1", number, &event.base), 0);
}

static void assert_found(const Contracts__SubcontractsReply *reply, size_t at, Contracts__SubcontractFindingKind kind,
                         const char *told)
{
        assert_true(at < reply->n_findings);
        assert_int_equal(reply->findings[at]->kind, kind);
        if (strstr(reply->findings[at]->text, told) == NULL)
                fail_msg("« %s » is not in: %s", told, reply->findings[at]->text);
}

static Types__Id *contract_of(struct fixture *f, Types__Id *obligation)
{
        return see_obligation(f, obligation)->contract_id;
}

static void test_declared_accepted_amended(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f), *contract = contract_of(f, obligation);
        the_buyer_is_known(f);
        today_is(f, 2026, 9, 10);
        const Contracts__DeclareSubcontractReply *reply =
                fixture_get(f, contractor(f), "DeclareSubcontract", declaration(f, obligation));
        assert_true(reply->paid_by_buyer);
        assert_int_equal(reply->n_warnings, 0);
        assert_int_equal(reply->tacit_on->days, a_day(f, 2026, 9, 22)->days);
        const Contracts__SubcontractView *view = list(f, facilitator(f), contract)->subcontracts[0];
        assert_int_equal(view->state, STATE(DECLARED));
        assert_null(view->accepted_on);
        assert_non_null(view->tacit_on);

        const Contracts__DecideSubcontractReply *answered =
                fixture_get(f, facilitator(f), "DecideSubcontract",
                            answer(f, reply->subcontract_id, CHOICE(ACCEPT), a_day(f, 2026, 9, 8)));
        assert_int_equal(answered->state, STATE(ACCEPTED));
        Contracts__AmendSubcontract amended = CONTRACTS__AMEND_SUBCONTRACT__INIT;
        amended.subcontract_id = reply->subcontract_id;
        amended.amount = euros(f, 14000);
        amended.reason = arena_text(&f->arena, "Pignon en plus");
        amended.decision = decided_on(f, a_day(f, 2026, 9, 9));
        const Contracts__AmendSubcontractReply *more = fixture_get(f, facilitator(f), "AmendSubcontract", &amended);
        assert_int_equal(more->amount->cents, 1400000);
        Contracts__SubcontractById one = CONTRACTS__SUBCONTRACT_BY_ID__INIT;
        one.subcontract_id = reply->subcontract_id;
        view = fixture_get(f, buyer(f), "SubcontractById", &one);
        assert_string_equal(view->nature, "façades nord");
        const struct id stranger = id_numbered(99);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__BUYER, &stranger, "*"), "SubcontractById", &one,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        view = list(f, buyer(f), contract)->subcontracts[0];
        assert_int_equal(view->accepted_on->days, a_day(f, 2026, 9, 8)->days);
        assert_int_equal(view->amount->cents, 1400000);

        uint64_t last = last_act(f);
        (void)not_withdrawn(f, contract, last - 2, TYPES__REFUSAL_CODE__WRONG_STATE); /* both rest on it */
        (void)withdraw(f, contract, last);
        assert_int_equal(list(f, facilitator(f), contract)->subcontracts[0]->amount->cents, 1000000);
        (void)withdraw(f, contract, last - 1);
        assert_int_equal(list(f, facilitator(f), contract)->subcontracts[0]->state, STATE(DECLARED));
        (void)withdraw(f, contract, last - 2);
        assert_int_equal(list(f, facilitator(f), contract)->n_subcontracts, 0);
}

static void test_what_is_refused(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        today_is(f, 2026, 10, 10);
        Contracts__DeclareSubcontract *command = declaration(f, obligation);
        command->subcontractor_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "DeclareSubcontract", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "subcontractorSiret");
        command = declaration(f, obligation);
        command->amount = NULL;
        assert_string_equal(
                fixture_refused(f, facilitator(f), "DeclareSubcontract", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "amount");
        command = declaration(f, obligation);
        command->payment = CONTRACTS__SUBCONTRACT_PAYMENT__PAID_BY_HOLDER;
        const Contracts__DeclareSubcontractReply *reply = fixture_get(f, facilitator(f), "DeclareSubcontract", command);
        assert_int_equal(reply->n_warnings, 1);
        Contracts__DecideSubcontract *refused = answer(f, reply->subcontract_id, CHOICE(REFUSE), a_day(f, 2026, 9, 22));
        (void)fixture_refused(f, facilitator(f), "DecideSubcontract", refused, TYPES__REFUSAL_CODE__WRONG_STATE);
        refused->decision->decided_on = a_day(f, 2026, 9, 21);
        refused->reason = arena_text(&f->arena, "");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "DecideSubcontract", refused, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "reason");
        refused->reason = arena_text(&f->arena, "Capacités non établies");
        refused->decision->reference = arena_text(&f->arena, "");
        (void)fixture_refused(f, facilitator(f), "DecideSubcontract", refused, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 77), "DeclareSubcontract",
                              declaration(f, obligation), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, contractor(f), "DecideSubcontract", refused, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_invoices_beside_acts(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f), *contract = contract_of(f, obligation);
        directory_names(f, 1, STRUCTURE, SUB_SIRET, "Peintures d’Insertion");
        today_is(f, 2026, 11, 20);
        invoiced(f, 1, obligation, a_day(f, 2026, 9, 5), 2000);
        assert_found(list(f, facilitator(f), contract), 0, FOUND(NEVER_DECLARED),
                     "Facture FA-1 du 5 septembre 2026 de Peintures d’Insertion (SIRET 380");

        Types__Id *act = declared(f, declaration(f, obligation));
        (void)fixture_get(f, facilitator(f), "DecideSubcontract",
                          answer(f, act, CHOICE(ACCEPT), a_day(f, 2026, 9, 10)));
        assert_found(list(f, facilitator(f), contract), 0, FOUND(NOT_ACCEPTED_THEN),
                     "ce sous-traitant n'est accepté que le 10 septembre 2026.");
        invoiced(f, 2, obligation, a_day(f, 2026, 10, 5), 7000);
        invoiced(f, 3, obligation, a_day(f, 2026, 10, 20), 1500);
        const Contracts__SubcontractsReply *reply = list(f, facilitator(f), contract);
        assert_int_equal(reply->n_findings, 3);
        assert_found(reply, 2, FOUND(NOT_PUBLISHED), "accepté le 10 septembre 2026"); /* two months after */
        assert_found(reply, 1, FOUND(BEYOND_ACCEPTED_AMOUNT),
                     "10\u202f500\u00a0€ facturés en tout, pour 10\u202f000\u00a0€ acceptés");
        assert_int_equal(reply->findings[1]->on->days, a_day(f, 2026, 10, 20)->days);
        assert_int_equal(reply->subcontracts[0]->invoiced->cents, 1050000);
        assert_int_equal(reply->subcontracts[0]->hours->hundredths, 21000);

        cancelled(f, 4, 1, obligation); /* the first one: the others fit */
        reply = list(f, facilitator(f), contract);
        assert_int_equal(reply->n_findings, 1);
        assert_int_equal(reply->subcontracts[0]->invoiced->cents, 850000);
        reply = list(f, contractor(f), contract);
        assert_int_equal(reply->n_subcontracts, 1);
        assert_int_equal(reply->n_findings, 0); /* the publication is the buyer's */
}

/* What one room knows every room shows. */
static void test_facts_and_final_statement(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        Contracts__PutClause *put = clause_on(f, s.contract);
        put->lot = SEVERAL + 1;
        Contracts__RecordObligation *command = obligation_on(f, put_clause(f, put)->clause_id);
        command->contractor_siret = arena_text(&f->arena, "55210055400013");
        command->contractor_organisation = id_to(&f->arena, id_numbered(99));
        Types__Id *other = record_obligation(f, command)->obligation_id;
        directory_names(f, 1, STRUCTURE, SUB_SIRET, "Peintures d’Insertion");
        today_is(f, 2026, 9, 10);
        (void)declared(f, declaration(f, s.obligations[0]));
        Contracts__ContractFactsRequest facts_query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        facts_query.contract_id = s.contract;
        const Contracts__ContractFactsReply *facts = fixture_get(f, facilitator(f), "ContractFacts", &facts_query);
        assert_int_equal(facts->n_subcontracts, 1);
        bool is_dated = false;
        for (size_t i = 0; i < facts->n_calendar; i++)
                is_dated = is_dated || strstr(facts->calendar[i]->what, "le sous-traitant Peintures") != NULL;
        assert_true(is_dated);

        today_is(f, 2026, 11, 20);
        invoiced(f, 1, s.obligations[0], a_day(f, 2026, 10, 5), 12000);
        invoiced(f, 2, other, a_day(f, 2026, 10, 5), 1000); /* of another holder, who declared nobody */
        Contracts__FinalStatementRequest query = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        query.contract_id = s.contract;
        const Contracts__FinalStatementReply *reply = fixture_get(f, facilitator(f), "FinalStatement", &query);
        assert_int_equal(reply->n_subcontracts, 1);
        assert_int_equal(reply->n_subcontract_findings, 2);
        static const char *const told[] = {
                "\n\n6. Sous-traitance\n- Peintures d’Insertion (SIRET 380",
                "pour façades nord : accepté par le silence de l'acheteur le 22 septembre 2026, 10\u202f000\u00a0€ au "
                "plus, paiement direct par l'acheteur ; 12\u202f000\u00a0€ facturés, 240\u00a0h\n- Facture FA-1",
                "ce sous-traitant n'a pas été déclaré à l'acheteur.\n\nFait le",
        };
        for (size_t i = 0; i < ARRAY_SIZE(told); i++)
                if (strstr(reply->text, told[i]) == NULL)
                        fail_msg("« %s » is not in: %s", told[i], reply->text);
        reply = fixture_get(f, contractor(f), "FinalStatement", &query);
        assert_int_equal(reply->n_subcontract_findings, 1); /* its own */
}

/* The buyer's publication has acts of its own. */
static void test_beside_the_publication(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        Contracts__Subcontract *act = pb_new(&contracts__subcontract__descriptor, &f->arena);
        act->number = 1;
        act->subcontractor = pb_new(&contracts__company_id__descriptor, &f->arena);
        act->subcontractor->kind = CONTRACTS__COMPANY_ID_KIND__SIRET;
        act->subcontractor->value = arena_text(&f->arena, SUB_SIRET);
        act->notified_on = act->published_on = a_day(f, 2026, 5, 4);
        act->duration_months = 2;
        act->amount = euros(f, 8000);
        record->subcontracts = pb_append(record->subcontracts, &record->n_subcontracts, sizeof(act), &f->arena);
        record->subcontracts[0] = act;
        Types__Id *contract = import(f, record)->contract_id;
        Contracts__PutClause *put = clause_on(f, contract);
        Types__Id *obligation = record_obligation(f, obligation_on(f, put_clause(f, put)->clause_id))->obligation_id;
        today_is(f, 2026, 9, 10);
        assert_found(list(f, facilitator(f), contract), 0, FOUND(ONLY_PUBLISHED), "SIRET 380\u00a0129\u00a0866");
        assert_int_equal(list(f, contractor(f), contract)->n_findings, 0);
        Contracts__DeclareSubcontract *command = declaration(f, obligation);
        command->declared_on = a_day(f, 2026, 5, 1);
        (void)declared(f, command);
        const Contracts__SubcontractsReply *reply = list(f, facilitator(f), contract);
        assert_int_equal(reply->n_findings, 0);
        assert_true(reply->subcontracts[0]->published);

        command->subcontractor_siret = arena_text(&f->arena, "55210055400013");
        (void)declared(f, command); /* accepted on 22 May, published until 22 July */
        assert_found(list(f, facilitator(f), contract), 0, FOUND(NOT_PUBLISHED),
                     "sous-traitant accepté le 22 mai 2026");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_declared_accepted_amended, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_invoices_beside_acts, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_facts_and_final_statement, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_beside_the_publication, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
