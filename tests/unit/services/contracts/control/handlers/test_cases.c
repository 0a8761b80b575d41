/* Cases: newest first, page after page; of an obligation, a territory; open ones. */
#include "tests/unit/services/contracts/control/several.h"

static Contracts__CasesRequest *asking(struct fixture *f, const char *territory)
{
        Contracts__CasesRequest *query = pb_new(&contracts__cases_request__descriptor, &f->arena);
        query->territory = arena_text(&f->arena, territory);
        query->page = pb_new(&types__page__descriptor, &f->arena);
        return query;
}

static const Contracts__CasesReply *cases(struct fixture *f, const Wire__Passport *actor,
                                          const Contracts__CasesRequest *query)
{
        return fixture_get(f, actor, "Cases", query);
}

static void test_newest_first(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        Types__Id *opened[SEVERAL];
        for (size_t i = 0; i < SEVERAL; i++) {
                opened[i] = open_case(f, s.obligations[i], SLOW, NULL);
                f->world.now_ms_value += 1000;
        }
        Contracts__CasesRequest *query = asking(f, "");
        query->page->limit = 2;
        size_t seen = 0;
        do {
                const Contracts__CasesReply *reply = cases(f, facilitator(f), query);
                for (size_t i = 0; i < reply->n_cases; i++, seen++)
                        assert_true(
                                id_equal(id_of(reply->cases[i]->case_->case_id), id_of(opened[SEVERAL - 1 - seen])));
                query->page->after = reply->next;
        } while (query->page->after.len > 0);
        assert_int_equal(seen, SEVERAL);
}

static void test_filters_and_scopes(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        Types__Id *first = open_case(f, s.obligations[0], SLOW, NULL);
        (void)open_case(f, s.obligations[0], LATE, a_day(f, 2026, 6, 30));
        (void)open_case(f, s.obligations[1], SLOW, NULL);
        assert_int_equal(cases(f, facilitator(f), asking(f, "09"))->n_cases, 1);
        assert_int_equal(cases(f, contractor(f), asking(f, ""))->n_cases, 2);
        the_buyer_is_known(f);
        assert_int_equal(cases(f, buyer(f), asking(f, ""))->n_cases, 3);
        Contracts__CasesRequest *query = asking(f, "");
        query->obligation_id = s.obligations[0];
        assert_int_equal(cases(f, facilitator(f), query)->n_cases, 2);
        Contracts__CloseCase *closing = closing_of(f, first, CONTRACTS__CASE_OUTCOME__OPENED_BY_MISTAKE);
        closing->reason = arena_text(&f->arena, "Doublon");
        (void)fixture_get(f, facilitator(f), "CloseCase", closing);
        query->open_only = true;
        assert_int_equal(cases(f, facilitator(f), query)->n_cases, 1);
        (void)fixture_refused(f, facilitator(f), "Cases", asking(f, "999"), TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_newest_first, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_filters_and_scopes, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
