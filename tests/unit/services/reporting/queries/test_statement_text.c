/* The page says what the figures say, and nothing of what there is none of. */
#include "tests/unit/services/reporting/fixture.h"

static void test_persons_and_modalities_stand_on_it(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1, .year = 2026, .department = "31"});
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
        for (uint32_t person = 1; person <= 2; person++) {
                tell_placement(f, (struct placed){.person = person,
                                                  .obligation = 1,
                                                  .modality = MODALITY(STAFF_PROVIDED),
                                                  .starts_on = date(2026, 3, 1)});
                tell_hours(f, (struct validated){.person = person,
                                                 .obligation = 1,
                                                 .modality = MODALITY(STAFF_PROVIDED),
                                                 .year = 2026,
                                                 .month = 3,
                                                 .hundredths = 12000});
        }
        const char *text = statement(f, 1)->text;
        assert_non_null(strstr(text, "Objet : bilan de clause du contrat M-1\n"));
        assert_non_null(strstr(text, "Établi le 18 octobre 2026"));
        assert_non_null(strstr(text, "- Personnes différentes : 2\n"));
        assert_non_null(strstr(text, "- mise à disposition : 240"));
        assert_non_null(strstr(text, "2 personnes, 2 parcours"));
        assert_non_null(strstr(text, "- Restant à réaliser : 260"));
        assert_null(strstr(text, "Abandonnées"));
        assert_null(strstr(text, "factures"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_persons_and_modalities_stand_on_it, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
