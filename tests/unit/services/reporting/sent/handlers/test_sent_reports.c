#include "tests/unit/services/reporting/sent/noted.h"

static const Reporting__SentReportsReply *sent_reports(struct fixture *f, const Wire__Passport *actor,
                                                       const Reporting__SentReportsRequest *asked)
{
        Reporting__SentReportsRequest request = REPORTING__SENT_REPORTS_REQUEST__INIT;
        return fixture_get(f, actor, "SentReports", asked == NULL ? &request : asked);
}

/* Two contracts of one buyer and one of another, a private one, and two years. */
static void note_all(struct fixture *f)
{
        tell_organisation(f, 1, BUYER_SIRET);
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        tell_contract(f, (struct published){.contract = 2, .year = 2025, .department = "31"});
        tell_private(f, 3, "65");
        for (uint32_t contract = 1; contract <= 3; contract++) {
                Reporting__NoteReportSent note = note_of_contract(f, contract);
                f->world.now_ms_value++;
                (void)noted(f, &note);
        }
        for (uint32_t year = 2024; year <= 2025; year++) {
                Reporting__NoteReportSent note = note_of_year(year, "31");
                f->world.now_ms_value++;
                (void)noted(f, &note);
        }
}

static void test_the_newest_first_and_of_what_is_asked(void **state)
{
        struct fixture *f = *state;
        note_all(f);
        const Reporting__SentReportsReply *reply = sent_reports(f, coordinator(f), NULL);
        assert_int_equal(reply->n_reports, 5);
        assert_int_equal(reply->reports[0]->year, 2025);
        assert_int_equal(reply->reports[1]->year, 2024);
        assert_string_equal(reply->reports[4]->number, "M-1");
        Reporting__SentReportsRequest request = REPORTING__SENT_REPORTS_REQUEST__INIT;
        request.contract_id = id_message(f, CONTRACT, 2);
        reply = sent_reports(f, coordinator(f), &request);
        assert_int_equal(reply->n_reports, 1);
        assert_string_equal(reply->reports[0]->number, "M-2");
        request.contract_id = NULL;
        request.year = 2024;
        assert_int_equal(sent_reports(f, coordinator(f), &request)->n_reports, 1);
}

/* As with the figures themselves: a buyer has its contracts, a private one is for its own. */
static void test_who_sees_which(void **state)
{
        struct fixture *f = *state;
        struct id buyer = id_n(ORGANISATION, 1), other = id_n(ORGANISATION, 2);
        note_all(f);
        tell_organisation(f, 2, "13002526500013");
        const struct {
                Types__Role role;
                const struct id *organisation;
                const char *territories;
                size_t count;
        } cases[] = {
                {TYPES__ROLE__AUDITOR, NULL, "*", 4},      {TYPES__ROLE__FACILITATOR, NULL, "31", 4},
                {TYPES__ROLE__FACILITATOR, NULL, "65", 5}, {TYPES__ROLE__BUYER, &buyer, "31", 3},
                {TYPES__ROLE__BUYER, &other, "31", 0},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Wire__Passport *actor = fixture_actor(f, cases[i].role, cases[i].organisation, cases[i].territories);
                assert_int_equal(sent_reports(f, actor, NULL)->n_reports, cases[i].count);
        }
        Reporting__SentReportsRequest request = REPORTING__SENT_REPORTS_REQUEST__INIT;
        const Types__Role uninvited[] = {TYPES__ROLE__COMPANY, TYPES__ROLE__STRUCTURE, TYPES__ROLE__PRESCRIBER,
                                         TYPES__ROLE__OPERATOR};
        for (size_t i = 0; i < ARRAY_SIZE(uninvited); i++)
                (void)fixture_refused(f, fixture_actor(f, uninvited[i], NULL, "*"), "SentReports", &request,
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_in_pages(void **state)
{
        struct fixture *f = *state;
        note_all(f);
        Reporting__SentReportsRequest request = REPORTING__SENT_REPORTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t count = 0;
        request.page = &page;
        page.limit = 2;
        for (bool more = true; more;) {
                const Reporting__SentReportsReply *reply = sent_reports(f, coordinator(f), &request);
                count += reply->n_reports;
                page.after = reply->next;
                more = reply->next.len > 0;
        }
        assert_int_equal(count, 5);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_newest_first_and_of_what_is_asked, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_sees_which, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_in_pages, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
