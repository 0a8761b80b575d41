/* Progress: worst first, page after page; each role what is its own. */
#include "tests/unit/services/contracts/control/several.h"

static const Contracts__ProgressReply *progress(struct fixture *f, const Wire__Passport *actor, const char *territory,
                                                uint32_t limit, ProtobufCBinaryData after)
{
        Contracts__ProgressRequest query = CONTRACTS__PROGRESS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = limit;
        page.after = after;
        query.page = &page;
        query.territory = arena_text(&f->arena, territory);
        return fixture_get(f, actor, "Progress", &query);
}

static void test_worst_first(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        static const int64_t done[SEVERAL] = {60000, 10000, 83300, 0, 40000}; /* of 833 h; 526 h are expected */
        static const size_t order[SEVERAL] = {3, 1, 4, 0, 2};
        static const Contracts__ProgressLight lights[SEVERAL] = {
                CONTRACTS__PROGRESS_LIGHT__LIGHT_RED, CONTRACTS__PROGRESS_LIGHT__LIGHT_RED,
                CONTRACTS__PROGRESS_LIGHT__LIGHT_ORANGE, CONTRACTS__PROGRESS_LIGHT__LIGHT_GREEN,
                CONTRACTS__PROGRESS_LIGHT__LIGHT_GREEN};
        ProtobufCBinaryData after = {0};
        for (size_t i = 0; i < SEVERAL; i++)
                hours_validated(f, i + 1, s.obligations[i], (uint8_t)(i + 1), done[i]);
        for (size_t i = 0; i < SEVERAL; i++) { /* a page a line */
                const Contracts__ProgressReply *reply = progress(f, facilitator(f), "", 1, after);
                assert_int_equal(reply->n_lines, 1);
                assert_true(id_equal(id_of(reply->lines[0]->obligation_id), id_of(s.obligations[order[i]])));
                assert_int_equal(reply->lines[0]->light, lights[i]);
                assert_int_equal(reply->next.len > 0, i + 1 < SEVERAL);
                after = reply->next;
        }
}

static void test_of_a_territory_a_buyer_a_company(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        ProtobufCBinaryData none = {0};
        assert_int_equal(progress(f, facilitator(f), "31", 0, none)->n_lines, 3);
        assert_int_equal(progress(f, facilitator(f), "09", 0, none)->n_lines, 2);
        assert_int_equal(progress(f, facilitator(f), "65", 0, none)->n_lines, 0);
        the_buyer_is_known(f);
        assert_int_equal(progress(f, buyer(f), "", 0, none)->n_lines, SEVERAL);
        const Contracts__ProgressReply *own = progress(f, contractor(f), "", 0, none);
        assert_int_equal(own->n_lines, 1);
        assert_true(id_equal(id_of(own->lines[0]->obligation_id), id_of(s.obligations[0])));
        directory_tells(f, 2, OTHER, "21340172201787"); /* another town */
        assert_int_equal(progress(f, of_organisation(f, TYPES__ROLE__BUYER, OTHER), "", 0, none)->n_lines, 0);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__ProgressRequest query = CONTRACTS__PROGRESS_REQUEST__INIT;
        query.territory = arena_text(&f->arena, "999");
        (void)fixture_refused(f, facilitator(f), "Progress", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.territory = arena_text(&f->arena, "");
        query.buyer_siret = arena_text(&f->arena, "213105554");
        (void)fixture_refused(f, facilitator(f), "Progress", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.buyer_siret = arena_text(&f->arena, "");
        (void)fixture_refused(f, buyer(f), "Progress", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED); /* SIRET not known */
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "Progress", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_worst_first, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_territory_a_buyer_a_company, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
