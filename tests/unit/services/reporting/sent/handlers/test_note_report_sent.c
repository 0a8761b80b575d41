#include "tests/unit/services/reporting/sent/noted.h"

static void test_the_figures_are_kept_as_they_stand(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
        Reporting__NoteReportSent note = note_of_contract(f, 1);
        (void)noted(f, &note);
        const Reporting__Event *event = fixture_event(f, engine_position(f->engine));
        assert_int_equal(event->body_case, REPORTING__EVENT__BODY_REPORT_SENT);
        const Reporting__ReportSent *sent = event->report_sent;
        assert_int_equal(hundredths_of(sent->statement->due), 50000);
        assert_string_equal(sent->recipient, "Toulouse Métropole");
        assert_int_equal(sent->sent_on->days, day_number(date(2026, 10, 18)));
        assert_int_equal(sent->n_positions, 1);
        assert_string_equal(sent->positions[0]->source, "contracts-1");
        assert_int_equal(sent->positions[0]->number, 2);
}

/* The day on which it left may be told later: what is kept is what there is. */
static void test_a_day_that_is_past_is_warned_of(void **state)
{
        struct fixture *f = *state;
        Reporting__NoteReportSent note = note_of_year(2025, "");
        const Reporting__NoteReportSentReply *reply = fixture_get(f, coordinator(f), "NoteReportSent", &note);
        assert_int_equal(reply->n_warnings, 0);
        note.sent_on = day_to(&f->arena, date(2026, 10, 17));
        reply = fixture_get(f, coordinator(f), "NoteReportSent", &note);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "17 octobre 2026"));
        note.sent_on = day_to(&f->arena, date(2026, 10, 19));
        (void)fixture_refused(f, coordinator(f), "NoteReportSent", &note, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void refused(struct fixture *f, const Reporting__NoteReportSent *note, const char *field)
{
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "NoteReportSent", note, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, field);
}

static void test_one_kind_of_figures_is_named(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        Reporting__NoteReportSent note = note_of_year(0, "");
        refused(f, &note, "contractId");
        note = note_of_contract(f, 1);
        note.year = 2025;
        refused(f, &note, "year");
        note = note_of_contract(f, 1);
        note.territory = (char *)"31";
        refused(f, &note, "territory");
        note = note_of_year(2027, "");
        refused(f, &note, "year");
        note = note_of_year(2025, "");
        note.recipient = (char *)" ";
        refused(f, &note, "recipient");
}

static void test_the_same_is_noted_once(void **state)
{
        struct fixture *f = *state;
        Reporting__NoteReportSent note = note_of_year(2025, "31");
        const Types__Id *first = noted(f, &note);
        (void)fixture_refused(f, coordinator(f), "NoteReportSent", &note, TYPES__REFUSAL_CODE__WRONG_STATE);
        note.recipient = (char *)"DDETS";
        (void)noted(f, &note);
        note.recipient = (char *)"Région Occitanie";
        withdraw(f, first, "envoyée à un autre");
        (void)noted(f, &note);
}

/* Whoever may read figures may not say that they were sent. */
static void test_who_may(void **state)
{
        struct fixture *f = *state;
        struct id buyer = id_n(ORGANISATION, 1);
        tell_organisation(f, 1, BUYER_SIRET);
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        tell_contract(f, (struct published){.contract = 2, .year = 2025, .department = "65"});
        tell_contract(f, (struct published){.contract = 3, .year = 2025});
        tell_obligation(f, (struct obliged){2, 1, 50000, "31"});
        tell_private(f, 4, "65");
        Wire__Passport *facilitator = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "31"),
                       *other = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "09");
        const struct {
                Reporting__NoteReportSent note;
                Types__RefusalCode own, strange;
        } cases[] = {
                {note_of_contract(f, 1), TYPES__REFUSAL_CODE__REFUSAL_NONE, TYPES__REFUSAL_CODE__NOT_ALLOWED},
                {note_of_contract(f, 2), TYPES__REFUSAL_CODE__REFUSAL_NONE, TYPES__REFUSAL_CODE__NOT_ALLOWED},
                {note_of_contract(f, 3), TYPES__REFUSAL_CODE__REFUSAL_NONE, TYPES__REFUSAL_CODE__REFUSAL_NONE},
                {note_of_contract(f, 4), TYPES__REFUSAL_CODE__NOT_FOUND, TYPES__REFUSAL_CODE__NOT_FOUND},
                {note_of_year(2025, "31"), TYPES__REFUSAL_CODE__REFUSAL_NONE, TYPES__REFUSAL_CODE__NOT_ALLOWED},
                {note_of_year(2025, ""), TYPES__REFUSAL_CODE__NOT_ALLOWED, TYPES__REFUSAL_CODE__NOT_ALLOWED},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Reporting__NoteReportSent note = cases[i].note;
                struct engine_answer answer = fixture_ask(f, facilitator, "NoteReportSent", &note);
                assert_int_equal(answer.refusal == NULL ? TYPES__REFUSAL_CODE__REFUSAL_NONE : answer.refusal->code,
                                 cases[i].own);
                note.recipient = (char *)"DDETS";
                answer = fixture_ask(f, other, "NoteReportSent", &note);
                assert_int_equal(answer.refusal == NULL ? TYPES__REFUSAL_CODE__REFUSAL_NONE : answer.refusal->code,
                                 cases[i].strange);
        }
        Reporting__NoteReportSent note = note_of_contract(f, 1);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__BUYER, &buyer, "31"), "NoteReportSent", &note,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "NoteReportSent", &note,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_figures_are_kept_as_they_stand, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_day_that_is_past_is_warned_of, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_one_kind_of_figures_is_named, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_same_is_noted_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
