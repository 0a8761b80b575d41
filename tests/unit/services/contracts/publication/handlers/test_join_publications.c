/* JoinPublications: two publications of one contract are counted once. */
#include "tests/unit/services/contracts/publication/doubles.h"

static void test_they_are_counted_once(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101");
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        assert_int_equal(listed(f), 2);
        assert_int_equal(unfollowed(f), 2);
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, second, first));
        assert_int_equal(listed(f), 1);
        assert_int_equal(unfollowed(f), 1);
        assert_int_equal(doubles(f, facilitator(f))->n_doubles, 0);
        query.contract_id = first; /* it can be looked at, and says what it is */
        const Contracts__ContractView *view = fixture_get(f, facilitator(f), "ContractById", &query);
        assert_true(id_equal(id_of(view->joined_to_id), id_of(second)));
        uint64_t position = engine_position(f->engine);
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, second, first)); /* it is so */
        assert_int_equal(engine_position(f->engine), position);
        assert_int_equal(import(f, numbered(f, "2026T0100"))->outcome, CONTRACTS__IMPORT_OUTCOME__UNCHANGED);
        assert_int_equal(listed(f), 1); /* the same file again makes no second one of it */
}

static void test_history_tells_it(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101");
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, second, first));
        query.contract_id = second;
        const Contracts__ContractFactsReply *page = fixture_get(f, facilitator(f), "ContractFacts", &query);
        assert_non_null(strstr(page->history[0]->text, "2026T0100"));
        assert_non_null(strstr(page->history[0]->text, "rang de l'avenant"));
}

/* Lines of both in their order, those of the other by its number; what is of both once. What was joined to the other
 * comes along. */
static void test_history_has_the_lines_of_both(void **state)
{
        struct fixture *f = *state;
        const Contracts__HistoryLine *lines[16];
        Types__Id *third = published(f, "2026T0102"), *first = published(f, "2026T0100");
        Types__Id *second = published(f, "2026T0101");
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, first, third));
        Contracts__ContractRecord *more = numbered(f, "2026T0100");
        add_modification(f, more, 1, a_day(f, 2026, 6, 1), 1200000);
        (void)import(f, more);
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, second, first));

        static const char *const events[] = {"ContractImported",   "ContractImported", "ContractImported",
                                             "PublicationsJoined", "ContractUpdated",  "PublicationsJoined"};
        const Types__Id *const whose[] = {third, first, NULL, first, first, NULL};
        assert_int_equal(history_lines(f, second, lines), ARRAY_SIZE(events));
        for (size_t i = 0; i < ARRAY_SIZE(events); i++) {
                assert_string_equal(lines[i]->event, events[i]);
                assert_true(id_equal(id_of(lines[i]->publication_id), id_of(whose[i])));
        }
        assert_ptr_equal(strstr(lines[0]->text, "Publication réunie n° 2026T0102 : "), lines[0]->text);
        assert_ptr_equal(strstr(lines[4]->text, "Publication réunie n° 2026T0100 : "), lines[4]->text);
        assert_ptr_equal(strstr(lines[2]->text, "Contrat n° 2026T0101"), lines[2]->text);
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = second;
        const Contracts__ContractFactsReply *page = fixture_get(f, facilitator(f), "ContractFacts", &query);
        assert_int_equal(page->n_history, ARRAY_SIZE(events));
        assert_string_equal(page->history[1]->text, lines[4]->text);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101");
        Types__Id *third = published(f, "2026T0102"), *followed = published(f, "2026T0103");
        Contracts__ContractRecord *foreign = numbered(f, "2026T0104");
        foreign->buyer_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        (void)put_clause(f, clause_on(f, followed));
        (void)fixture_refused(f, facilitator(f), "JoinPublications", join_of(f, first, first),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, facilitator(f), "JoinPublications", join_of(f, first, import(f, foreign)->contract_id),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, facilitator(f), "JoinPublications",
                              join_of(f, first, id_to(&f->arena, id_numbered(77))), TYPES__REFUSAL_CODE__NOT_FOUND);
        const Types__Refusal *refusal = fixture_refused(f, facilitator(f), "JoinPublications",
                                                        join_of(f, first, followed), TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal->field, "twinId"); /* hours are owed there: that one stays */
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, followed, first));
        (void)fixture_refused(f, facilitator(f), "JoinPublications", join_of(f, second, first),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator(f), "JoinPublications", join_of(f, first, third),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        Contracts__JoinPublications *silent = join_of(f, second, third);
        silent->reason = arena_text(&f->arena, " ");
        (void)fixture_refused(f, facilitator(f), "JoinPublications", silent, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "JoinPublications",
                              join_of(f, second, third), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_they_are_counted_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_history_tells_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_history_has_the_lines_of_both, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
