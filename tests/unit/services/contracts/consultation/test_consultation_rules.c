/* The dated files of the room as delivered, and what they must not leave out. */
#include "tests/lib/engine_fixture.h"

#include "contracts/consultation.pb-c.h"
#include "texts.pb-c.h"
#include "services/contracts/consultation/consultation_rules.h"

static struct dated rules, texts;

static int start(void **state)
{
        struct err_info info = {0};
        (void)state;
        if (dated_load("deploy/rules", "consultation", &contracts__consultation_rules__descriptor, &rules, &info) !=
                    0 ||
            dated_load("deploy/rules", "consultation_texts", &texts__text_library__descriptor, &texts, &info) != 0)
                fail_msg("%s", info.text);
        return 0;
}

static int stop(void **state)
{
        (void)state;
        dated_fini(&rules);
        dated_fini(&texts);
        return 0;
}

static void test_what_is_delivered(void **state)
{
        struct err_info info = {0};
        (void)state;
        if (consultation_rules_check(&rules, &texts, &info) != 0)
                fail_msg("%s", info.text);
}

/* The delivered version with one thing changed must be refused, and say this. */
static void refused(const Contracts__ConsultationVersion *changed, const char *what)
{
        Contracts__ConsultationRules root = CONTRACTS__CONSULTATION_RULES__INIT;
        Contracts__ConsultationVersion version = *changed, *versions[] = {&version};
        struct dated dated = {.root = &root.base};
        struct err_info info = {0};
        root.versions = versions;
        root.n_versions = 1;
        assert_int_equal(consultation_rules_check(&dated, &texts, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, what));
}

static void test_what_is_missing(void **state)
{
        const Contracts__ConsultationVersion *delivered =
                ((const Contracts__ConsultationRules *)rules.root)->versions[0];
        Contracts__InformationDelay delay = CONTRACTS__INFORMATION_DELAY__INIT;
        Contracts__ConsultationVersion version = *delivered;
        (void)state;
        version.information = NULL;
        refused(&version, "information");
        delay.days = 4;
        delay.urgent_days = 6; /* urgency does not lengthen */
        version.information = &delay;
        refused(&version, "urgent_days");
        version = *delivered;
        version.soon = NULL;
        refused(&version, "soon");
        version = *delivered;
        version.agreement = NULL;
        refused(&version, "gap");
        version = *delivered;
        version.retention = NULL;
        refused(&version, "years");
        version = *delivered;
        version.identifying = NULL;
        refused(&version, "phrases");
}

static void test_the_texts(void **state)
{
        Texts__TextVersion version = TEXTS__TEXT_VERSION__INIT, *versions[] = {&version};
        Texts__TextLibrary library = TEXTS__TEXT_LIBRARY__INIT;
        struct dated none = {.root = &library.base};
        struct err_info info = {0};
        (void)state;
        library.versions = versions;
        library.n_versions = 1;
        assert_int_equal(consultation_rules_check(&rules, &none, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "appraisal_head"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_is_delivered),
                cmocka_unit_test(test_what_is_missing),
                cmocka_unit_test(test_the_texts),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
