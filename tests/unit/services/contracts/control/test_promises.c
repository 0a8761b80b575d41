/* A promise that is broken: the ground of a case, and what its letters say. */
#include "tests/unit/services/contracts/control/promised.h"

static void test_a_case_about_it(void **state)
{
        struct fixture *f = *state;
        struct won w = won(f);
        Contracts__OpenCase open = CONTRACTS__OPEN_CASE__INIT;
        open.obligation_id = w.obligation;
        open.ground = CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT;
        today_becomes(f, 2027, 3, 1);
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "OpenCase", &open, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "engagement"));
        (void)fixture_get(f, coordinator(f), "DatePromise",
                          date_of(f, w.obligation, KIND(TRAINING), a_day(f, 2027, 2, 1), a_day(f, 2027, 1, 10)));
        const Contracts__OpenCaseReply *opened = fixture_get(f, coordinator(f), "OpenCase", &open);
        (void)fixture_refused(f, coordinator(f), "OpenCase", &open, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        Contracts__RecordReminder reminder = CONTRACTS__RECORD_REMINDER__INIT;
        reminder.case_id = opened->case_id;
        reminder.sent_on = a_day(f, 2027, 3, 1);
        const Contracts__RecordReminderReply *letter = fixture_get(f, coordinator(f), "RecordReminder", &reminder);
        assert_non_null(strstr(letter->text, "formation, 0\u00a0h réalisées sur 40\u00a0h, à tenir au plus tard le 1er "
                                             "février 2027 : en retard"));
        assert_non_null(strstr(letter->text, "ne prévoit pas de pénalité pour un engagement de l'offre"));
        Contracts__CloseCase close = CONTRACTS__CLOSE_CASE__INIT;
        close.case_id = opened->case_id;
        close.outcome = CONTRACTS__CASE_OUTCOME__MADE_GOOD;
        close.reason = arena_text(&f->arena, "Formation faite");
        (void)fixture_refused(f, coordinator(f), "CloseCase", &close, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(f, coordinator(f), "RecordPromise", done_of(f, w.obligation, KIND(TRAINING), 40));
        (void)fixture_get(f, coordinator(f), "CloseCase", &close);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_case_about_it, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
