/* Referrals: of one contract, of all; pending ones; each to those who may read its contract. */
#include "tests/unit/services/contracts/referrals/referral_fixture.h"

static const Contracts__ReferralsReply *list(struct fixture *f, const Wire__Passport *actor,
                                             const Contracts__ReferralsRequest *query)
{
        return fixture_get(f, actor, "Referrals", query);
}

static Types__Id *a_private_contract(struct fixture *f)
{
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.is_another = true;
        open.record = a_record(f);
        open.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        const Contracts__OpenContractReply *reply = fixture_get(f, facilitator(f), "OpenContract", &open);
        return reply->contract_id;
}

static void test_lists(void **state)
{
        struct fixture *f = *state;
        Contracts__ReferralsRequest query = CONTRACTS__REFERRALS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        Types__Id *contract = a_contract(f), *other = a_private_contract(f);
        Types__Id *first = refer(f, a_matter(f, contract));
        Types__Id *second = refer(f, a_matter(f, contract));
        (void)refer(f, a_matter(f, other));
        (void)fixture_get(f, facilitator(f), "CloseReferral", an_answer(f, first));
        assert_int_equal(list(f, facilitator(f), &query)->n_referrals, 3);
        query.pending_only = true;
        assert_int_equal(list(f, facilitator(f), &query)->n_referrals, 2);
        query.contract_id = contract;
        assert_int_equal(list(f, facilitator(f), &query)->n_referrals, 1);
        query.pending_only = false;
        query.page = &page;
        page.limit = 1;
        const Contracts__ReferralsReply *reply = list(f, facilitator(f), &query);
        assert_int_equal(reply->n_referrals, 1);
        assert_true(id_equal(id_of(reply->referrals[0]->referral_id), id_of(second)));
        page.after = reply->next;
        reply = list(f, facilitator(f), &query);
        assert_int_equal(reply->n_referrals, 1);
        assert_true(id_equal(id_of(reply->referrals[0]->referral_id), id_of(first)));
        assert_int_equal(reply->next.len, 0);
}

static void test_whose(void **state)
{
        struct fixture *f = *state;
        Contracts__ReferralsRequest all = CONTRACTS__REFERRALS_REQUEST__INIT, of_private = all;
        (void)refer(f, a_matter(f, a_contract(f)));
        of_private.contract_id = a_private_contract(f);
        (void)refer(f, a_matter(f, of_private.contract_id));
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, "21090122900018");
        assert_int_equal(list(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), &all)->n_referrals, 1);
        assert_int_equal(list(f, of_organisation(f, TYPES__ROLE__BUYER, 5), &all)->n_referrals, 2);
        assert_int_equal(list(f, of_organisation(f, TYPES__ROLE__BUYER, 6), &all)->n_referrals, 0);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "Referrals", &of_private,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        of_private.contract_id = id_to(&f->arena, id_numbered(3));
        (void)fixture_refused(f, coordinator(f), "Referrals", &of_private, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* A contractor does not see what the buyer asks others. */
static void test_not_for_companies(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)refer(f, a_matter(f, contract));
        (void)record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id));
        const Contracts__ContractFactsReply *facts =
                see_facts(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), contract);
        assert_int_equal(facts->n_referrals, 0);
        assert_int_equal(facts->n_calendar, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_lists, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_for_companies, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
