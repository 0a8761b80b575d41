/* DatePromise: until when a promise is to be kept: late behind that day, not kept behind the end. */
#include "tests/unit/services/contracts/control/promised.h"

static void test_late_then_not_kept(void **state)
{
        struct fixture *f = *state;
        struct won w = won(f);
        today_becomes(f, 2027, 3, 1);
        (void)fixture_get(f, coordinator(f), "DatePromise",
                          date_of(f, w.obligation, KIND(TUTORING), a_day(f, 2027, 2, 1), a_day(f, 2027, 1, 10)));
        uint64_t dated = last_act(f);
        (void)fixture_get(f, coordinator(f), "DatePromise", /* an older paper, told late */
                          date_of(f, w.obligation, KIND(TUTORING), a_day(f, 2027, 6, 1), a_day(f, 2026, 12, 10)));
        assert_int_equal(promise(f, &w, TUTORING)->state, STATE(LATE));
        assert_int_equal(promise(f, &w, OTHER)->state, STATE(OPEN));
        (void)withdraw(f, w.contract, dated);
        assert_int_equal(promise(f, &w, TUTORING)->due_on->days, a_day(f, 2027, 6, 1)->days);
        assert_int_equal(promise(f, &w, TUTORING)->state, STATE(OPEN));
        today_becomes(f, 2027, 11, 2);
        assert_int_equal(promise(f, &w, TUTORING)->state, STATE(NOT_KEPT));
        Contracts__RecordPromise *command = done_of(f, w.obligation, KIND(TUTORING), 0);
        command->whole = true;
        (void)fixture_get(f, coordinator(f), "RecordPromise", command); /* the paper comes late */
        assert_int_equal(promise(f, &w, TUTORING)->state, STATE(KEPT));
        Contracts__FinalStatementRequest request = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        request.contract_id = w.contract;
        const Contracts__FinalStatementReply *statement = fixture_get(f, coordinator(f), "FinalStatement", &request);
        assert_non_null(strstr(statement->text,
                               "Engagement de l'offre : tutorat, à tenir au plus tard le 1er juin 2027 "
                               ": tenu."));
        assert_non_null(strstr(statement->text, "formation, 0\u00a0h réalisées sur 40\u00a0h"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct won w = won(f);
        today_becomes(f, 2027, 3, 1);
        Contracts__DatePromise *date = date_of(f, w.obligation, KIND(TRAINING), NULL, NULL);
        assert_string_equal(
                fixture_refused(f, coordinator(f), "DatePromise", date, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "dueOn");
        date->due_on = a_day(f, 2026, 1, 1);
        (void)fixture_refused(f, coordinator(f), "DatePromise", date, TYPES__REFUSAL_CODE__INVALID_FIELD);
        date->due_on = a_day(f, 2027, 6, 1);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65"), "DatePromise", date,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        date->kind = 0;
        (void)fixture_refused(f, coordinator(f), "DatePromise", date, TYPES__REFUSAL_CODE__INVALID_FIELD);
        date->kind = KIND(TRAINING);
        date->reason = arena_text(&f->arena, "");
        (void)fixture_refused(f, coordinator(f), "DatePromise", date, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_late_then_not_kept, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
