/* AppraisalReport: once all marks are agreed on, text and table for the buyer. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"

static void test_the_report(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Contracts__AppraisalReportRequest query = CONTRACTS__APPRAISAL_REPORT_REQUEST__INIT;
        query.contract_id = contract;
        query.lot = 1;
        (void)fixture_refused(f, anne(f), "AppraisalReport", &query, TYPES__REFUSAL_CODE__WRONG_STATE);
        Types__Id *first = an_offer(f, contract), *second = another_offer(f, contract);
        appraise(f, first, 150, 100);
        (void)fixture_refused(f, anne(f), "AppraisalReport", &query, TYPES__REFUSAL_CODE__WRONG_STATE);
        appraise(f, second, 200, 100);
        const Contracts__AppraisalReportReply *reply = fixture_get(f, the_buyer(f), "AppraisalReport", &query);
        assert_int_equal(reply->n_lines, 4);
        assert_string_equal(reply->lines[0]->criterion, "Volume d'heures");
        assert_int_equal(reply->lines[0]->mark->millionths, 15000000);
        static const char *const told[] = {
                "lot 1",
                "contrat n° 2026-031",
                "Offre n° 1 : Peintures du Lauragais",
                "en plus",
                SECRET_TUTORING,
                "moyenne des deux notes",
                "Note pondérée : 13 / 20",
                "1. offre n° 2, Durand : 16 / 20",
                "le choix de l'offre appartient à l'acheteur",
                "R2184-12",
        };
        for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
                if (strstr(reply->text, told[i]) == NULL)
                        fail_msg("« %s » is not in:\n%s", told[i], reply->text);
        assert_null(strstr(reply->text, "{{"));
        (void)fixture_refused(f, facilitator(f), "AppraisalReport", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_report, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
