/* ClauseLedger: who owes how much to whom now, and who of a group may see the others. */
#include "tests/unit/services/contracts/obligations/scene.h"

static const Contracts__ClauseLedgerReply *see(struct fixture *f, const Wire__Passport *actor, Types__Id *clause)
{
        Contracts__ClauseLedger query = CONTRACTS__CLAUSE_LEDGER__INIT;
        query.clause_id = clause;
        return fixture_get(f, actor, "ClauseLedger", &query);
}

static void test_the_group(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        Types__Id *transfer = propose(f, transfer_from(f, scene.lead, scene.member, 100))->transfer_id;
        (void)agree(f, buyer(f), transfer, NULL);
        hours_validated(f, 1, scene.member, 1, 5000);
        (void)fixture_get(f, buyer(f), "WaiveHours", waiver(f, scene.lead, 50));
        const Contracts__ClauseLedgerReply *reply = see(f, facilitator(f), scene.clause);
        assert_string_equal(reply->buyer_siret, BUYER_SIRET);
        assert_int_equal(reply->form, CONTRACTS__GROUP_FORM__JOINT);
        assert_non_null(strstr(reply->note, "conjoint"));
        assert_int_equal(reply->clause_hours->hundredths, 83300);
        assert_int_equal(reply->n_members, 2);
        assert_int_equal(reply->n_transfers, 1); /* of two members, told once */
        assert_int_equal(reply->transfers[0]->state, CONTRACTS__TRANSFER_STATE__TRANSFER_DONE);
        const Contracts__LedgerFigures *total = reply->total;
        assert_int_equal(total->due->hundredths, 83300);
        assert_int_equal(total->done->hundredths, 5000);
        assert_int_equal(total->transferred->hundredths, 0); /* between the two of them */
        assert_int_equal(total->waived->hundredths, 5000);
        assert_int_equal(total->remaining->hundredths, 73300);
        assert_int_equal(see(f, buyer(f), scene.clause)->n_members, 2);
}

static void test_what_a_member_sees(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        const Contracts__ClauseLedgerReply *reply = see(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), scene.clause);
        assert_int_equal(reply->n_members, 1); /* joint: its own line, and nothing of the other in the total */
        assert_string_equal(reply->members[0]->contractor_siret, MEMBER_SIRET);
        assert_int_equal(reply->total->remaining->hundredths, reply->members[0]->remaining->hundredths);
        assert_true(reply->total->remaining->hundredths < 83300);
        Contracts__ClauseLedger query = CONTRACTS__CLAUSE_LEDGER__INIT;
        query.clause_id = scene.clause;
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 3), "ClauseLedger", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, other_buyer(f), "ClauseLedger", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        query.clause_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, facilitator(f), "ClauseLedger", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_who_answers_for_all_sees_all(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        Types__Id *clause = put_clause(f, clause_on(f, import(f, record)->contract_id))->clause_id;
        Contracts__RecordObligation *command = obligation_on(f, clause);
        command->group_role = CONTRACTS__GROUP_ROLE__GROUP_LEAD;
        (void)record_obligation(f, command);
        (void)owes(f, clause, MEMBER_SIRET, 2, 100);
        command->contractor_siret = arena_text(&f->arena, "55210055400013"); /* a second one that leads */
        assert_string_equal(
                fixture_refused(f, facilitator(f), "RecordObligation", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "groupRole");
        assert_int_equal(see(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), clause)->n_members, 2);
        assert_int_equal(see(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), clause)->n_members, 1);
        const Contracts__ClauseLedgerReply *reply = see(f, coordinator(f), clause);
        assert_int_equal(reply->form, CONTRACTS__GROUP_FORM__GROUP_FORM_UNKNOWN);
        assert_non_null(strstr(reply->note, "complétez"));
}

static void test_solidary(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        record->grouping = arena_text(&f->arena, "Solidaire");
        Types__Id *clause = put_clause(f, clause_on(f, import(f, record)->contract_id))->clause_id;
        (void)owes(f, clause, CONTRACTOR_SIRET, 1, 100);
        assert_non_null(strstr(see(f, coordinator(f), clause)->note, "Une seule entreprise"));
        (void)owes(f, clause, MEMBER_SIRET, 2, 100);
        const Contracts__ClauseLedgerReply *reply = see(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), clause);
        assert_int_equal(reply->n_members, 2);
        assert_int_equal(reply->form, CONTRACTS__GROUP_FORM__SOLIDARY);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_group, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_a_member_sees, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_answers_for_all_sees_all, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_solidary, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
