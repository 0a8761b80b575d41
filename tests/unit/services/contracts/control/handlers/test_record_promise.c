/* RecordPromise: what an offer promised besides hours is followed like hours. */
#include "tests/unit/services/contracts/control/promised.h"

static void test_training_is_counted_like_hours(void **state)
{
        struct fixture *f = *state;
        struct won w = won(f);
        today_becomes(f, 2027, 3, 1);
        assert_int_equal(promise(f, &w, TRAINING)->state, STATE(OPEN));
        assert_int_equal(promise(f, &w, TRAINING)->due_on->days, a_day(f, 2027, 11, 1)->days);
        const Contracts__RecordPromiseReply *reply =
                fixture_get(f, coordinator(f), "RecordPromise", done_of(f, w.obligation, KIND(TRAINING), 15));
        assert_int_equal(reply->promise->remaining->hundredths, 2500);
        uint64_t first = last_act(f);
        (void)fixture_get(f, coordinator(f), "RecordPromise", done_of(f, w.obligation, KIND(TRAINING), 25));
        assert_int_equal(promise(f, &w, TRAINING)->state, STATE(KEPT));
        assert_int_equal(promise(f, &w, TRAINING)->n_steps, 2);
        (void)withdraw(f, w.contract, first);
        assert_int_equal(promise(f, &w, TRAINING)->state, STATE(OPEN));
        assert_int_equal(promise(f, &w, TRAINING)->done->hundredths, 2500);
        const Contracts__ContractFactsReply *page = facts(f, &w);
        bool found = false;
        for (size_t i = 0; i < page->n_calendar; i++)
                found = found || strstr(page->calendar[i]->what, "engagement de l'offre : formation, 25") != NULL;
        assert_true(found);
        assert_non_null(strstr(page->history[1]->text, "fait le 10 décembre 2026, d'après « Attestation 17 »"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct won w = won(f);
        Types__Id *without = an_obligation(f);
        today_becomes(f, 2027, 3, 1);
        const struct {
                const char *field;
                Contracts__RecordPromise *command;
        } rows[] = {
                {"kind", done_of(f, w.obligation, 0, 0)},
                {"kind", done_of(f, without, KIND(TRAINING), 5)},
                {"hours", done_of(f, w.obligation, KIND(TRAINING), 0)},
                {"hours", done_of(f, w.obligation, KIND(TUTORING), 5)},
                {"whole", done_of(f, w.obligation, KIND(TRAINING), 5)},
                {"doneOn", done_of(f, w.obligation, KIND(TRAINING), 5)},
                {"proof", done_of(f, w.obligation, KIND(TRAINING), 5)},
        };
        rows[4].command->whole = true;
        rows[5].command->done_on = a_day(f, 2027, 3, 2);
        rows[6].command->proof = arena_text(&f->arena, "");
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                assert_string_equal(fixture_refused(f, coordinator(f), "RecordPromise", rows[i].command,
                                                    TYPES__REFUSAL_CODE__INVALID_FIELD)
                                            ->field,
                                    rows[i].field);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "RecordPromise",
                              done_of(f, w.obligation, KIND(TRAINING), 5), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_training_is_counted_like_hours, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
