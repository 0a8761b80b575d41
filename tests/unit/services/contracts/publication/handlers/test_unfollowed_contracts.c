#include "tests/unit/services/contracts/publication/full_record.h"

static Types__Id *published(struct fixture *f, const char *number, Contracts__SocialConsideration social)
{
        Contracts__ContractRecord *record = a_full_record(f);
        record->number = arena_text(&f->arena, number);
        set_social(f, record, social);
        return import(f, record)->contract_id;
}

static const Contracts__UnfollowedContractsReply *list(struct fixture *f, Contracts__SocialConsideration social)
{
        Contracts__UnfollowedContractsRequest query = CONTRACTS__UNFOLLOWED_CONTRACTS_REQUEST__INIT;
        query.social = social;
        return fixture_get(f, coordinator(f), "UnfollowedContracts", &query);
}

static void test_what_nobody_follows(void **state)
{
        struct fixture *f = *state;
        Types__Id *with_clause = published(f, "1", CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE);
        (void)published(f, "2", CONTRACTS__SOCIAL_CONSIDERATION__RESERVED);
        (void)published(f, "3", CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION);
        (void)published(f, "4", CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL);
        Types__Id *other = published(f, "5", CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE);
        (void)put_clause(f, clause_on(f, with_clause));
        linked(f, opened(f, a_full_record(f)), other);

        const Contracts__UnfollowedContractsReply *reply = list(f, CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN);
        assert_int_equal(reply->n_contracts, 2);
        reply = list(f, CONTRACTS__SOCIAL_CONSIDERATION__RESERVED);
        assert_int_equal(reply->n_contracts, 1);
        assert_string_equal(reply->contracts[0]->number, "2");
        assert_string_equal(reply->contracts[0]->contractors[0]->value, CONTRACTOR_SIRET);
}

static void test_pages(void **state)
{
        struct fixture *f = *state;
        for (int i = 0; i < 5; i++)
                (void)published(f, arena_printf(&f->arena, "n-%d", i), CONTRACTS__SOCIAL_CONSIDERATION__RESERVED);
        Contracts__UnfollowedContractsRequest query = CONTRACTS__UNFOLLOWED_CONTRACTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = 2;
        query.page = &page;
        size_t seen = 0, pages = 0;
        do {
                const Contracts__UnfollowedContractsReply *reply =
                        fixture_get(f, coordinator(f), "UnfollowedContracts", &query);
                seen += reply->n_contracts;
                page.after = reply->next;
        } while (page.after.len > 0 && ++pages < 10);
        assert_int_equal(seen, 5);
}

static void test_of_one_buyer(void **state)
{
        struct fixture *f = *state;
        (void)published(f, "1", CONTRACTS__SOCIAL_CONSIDERATION__RESERVED);
        Contracts__UnfollowedContractsRequest query = CONTRACTS__UNFOLLOWED_CONTRACTS_REQUEST__INIT;
        query.buyer_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        const Contracts__UnfollowedContractsReply *reply =
                fixture_get(f, coordinator(f), "UnfollowedContracts", &query);
        assert_int_equal(reply->n_contracts, 0);
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        reply = fixture_get(f, coordinator(f), "UnfollowedContracts", &query);
        assert_int_equal(reply->n_contracts, 1);
        query.buyer_siret = arena_text(&f->arena, "12");
        (void)fixture_refused(f, coordinator(f), "UnfollowedContracts", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.buyer_siret = arena_text(&f->arena, "");
        query.social = CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL;
        (void)fixture_refused(f, coordinator(f), "UnfollowedContracts", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.social = CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN;
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 9), "UnfollowedContracts", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_nobody_follows, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_one_buyer, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
