#include "tests/unit/services/contracts/publication/full_record.h"

static const Contracts__PublicationSuggestionsReply *suggested(struct fixture *f, Types__Id *contract)
{
        Contracts__PublicationSuggestionsRequest query = CONTRACTS__PUBLICATION_SUGGESTIONS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, facilitator(f), "PublicationSuggestions", &query);
}

static void test_the_likeliest_first(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *near_one = a_full_record(f), *far = a_full_record(f), *foreign = a_full_record(f);
        near_one->number = arena_text(&f->arena, "2026-032");
        far->number = arena_text(&f->arena, "2026-099");
        far->object = arena_text(&f->arena, "Fourniture de denrées");
        far->amount = euros(f, 12000);
        far->notified_on = a_day(f, 2024, 1, 1);
        far->cpv = arena_text(&f->arena, "15000000");
        far->n_contractors = 0;
        foreign->buyer_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        (void)import(f, near_one);
        (void)import(f, far);
        (void)import(f, foreign);
        Types__Id *same = import(f, a_full_record(f))->contract_id, *contract = opened(f, a_full_record(f));

        const Contracts__PublicationSuggestionsReply *reply = suggested(f, contract);
        assert_int_equal(reply->n_suggestions, 2);
        assert_true(id_equal(id_of(reply->suggestions[0]->published_contract_id), id_of(same)) ||
                    id_equal(id_of(reply->suggestions[1]->published_contract_id), id_of(same)));
        assert_true(reply->suggestions[0]->score >= reply->suggestions[1]->score);
        assert_true(reply->suggestions[1]->n_reasons > 0);

        linked(f, contract, same);
        Contracts__ContractRecord *other = a_full_record(f);
        other->object = arena_text(&f->arena, "Réfection de l'école Jean-Jaurès");
        reply = suggested(f, opened(f, other));
        assert_int_equal(reply->n_suggestions, 1); /* what is linked is not for another */
        assert_string_equal(reply->suggestions[0]->number, "2026-032");
}

static void test_none_for_what_is_published_or_private(void **state)
{
        struct fixture *f = *state;
        Types__Id *published = import(f, a_full_record(f))->contract_id;
        assert_int_equal(suggested(f, published)->n_suggestions, 0);
        Contracts__ContractRecord *record = a_full_record(f);
        record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        assert_int_equal(suggested(f, opened(f, record))->n_suggestions, 0);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Contracts__PublicationSuggestionsRequest query = CONTRACTS__PUBLICATION_SUGGESTIONS_REQUEST__INIT;
        query.contract_id = opened(f, a_full_record(f));
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 9), "PublicationSuggestions", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        query.contract_id = id_to(&f->arena, id_numbered(77));
        (void)fixture_refused(f, coordinator(f), "PublicationSuggestions", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* A buyer that publishes more than can be looked at: the buyer's own number is found among all, and what was not looked
 * at is told. */
static void test_of_a_very_large_buyer(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *same = a_full_record(f);
        same->number = arena_text(&f->arena, "Z-1"); /* behind all others */
        Types__Id *published = import(f, same)->contract_id;
        Types__Id *contract = opened(f, same);
        for (size_t i = 0; i < 30; i++) {
                Contracts__ContractRecord *other = a_full_record(f);
                other->number = arena_printf(&f->arena, "A-%zu", i);
                other->object = arena_text(&f->arena, "Fourniture de denrées");
                (void)import(f, other);
        }
        assert_false(suggested(f, contract)->cut);
        assert_true(suggested(f, contract)->n_suggestions > 1);
        engine_bound_queries(f->engine, 20, 3000);
        const Contracts__PublicationSuggestionsReply *reply = suggested(f, contract);
        assert_true(reply->cut);
        assert_true(id_equal(id_of(reply->suggestions[0]->published_contract_id), id_of(published)));
        assert_int_equal(reply->suggestions[0]->score, 100);
        for (size_t i = 1; i < reply->n_suggestions; i++)
                assert_false(id_equal(id_of(reply->suggestions[i]->published_contract_id), id_of(published)));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_likeliest_first, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_none_for_what_is_published_or_private, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_very_large_buyer, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
