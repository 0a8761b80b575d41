#include "tests/unit/services/contracts/publication/full_record.h"

static Contracts__PublicationDifferencesRequest *about(struct fixture *f, Types__Id *contract)
{
        Contracts__PublicationDifferencesRequest *query =
                pb_new(&contracts__publication_differences_request__descriptor, &f->arena);
        query->contract_id = contract;
        return query;
}

/* Our truth in front of a publication of the same id. */
static void test_after_an_amendment(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = import(f, a_full_record(f))->contract_id;
        const Contracts__PublicationDifferencesReply *reply =
                fixture_get(f, facilitator(f), "PublicationDifferences", about(f, contract));
        assert_int_equal(reply->n_differences, 0);

        Contracts__AmendContract amend = CONTRACTS__AMEND_CONTRACT__INIT;
        amend.contract_id = contract;
        amend.record = a_full_record(f);
        amend.record->duration_months = 24;
        amend.reason = arena_text(&f->arena, "La durée publiée est fausse");
        (void)fixture_get(f, facilitator(f), "AmendContract", &amend);
        reply = fixture_get(f, facilitator(f), "PublicationDifferences", about(f, contract));
        assert_int_equal(reply->n_differences, 1);
        assert_string_equal(reply->differences[0]->ours, "24 mois");
        assert_string_equal(reply->differences[0]->published, "12 mois");
        assert_null(reply->published_contract_id);
}

static void test_a_clause_where_none_was_published(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        set_social(f, record, CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL);
        Types__Id *contract = import(f, record)->contract_id;
        (void)put_clause(f, clause_on(f, contract));
        const Contracts__PublicationDifferencesReply *reply =
                fixture_get(f, facilitator(f), "PublicationDifferences", about(f, contract));
        assert_int_equal(reply->n_differences, 1);
        assert_true(reply->differences[0]->unchangeable);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "PublicationDifferences", about(f, opened(f, a_full_record(f))),
                                TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "LinkPublication"));
        (void)fixture_refused(f, facilitator(f), "PublicationDifferences", about(f, id_to(&f->arena, id_numbered(77))),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 9), "PublicationDifferences",
                              about(f, a_contract(f)), TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_after_an_amendment, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_clause_where_none_was_published, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
