/* What is reason enough to open a file, by the rules of deploy/rules. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/dated.h"
#include "services/tracking/privacy/reading.h"

static struct dated rules;

static int setup(void **state)
{
        struct err_info info = {0};
        (void)state;
        if (dated_load("deploy/rules", "reading_reasons", &tracking__reading_rules__descriptor, &rules, &info) != 0)
                fail_msg("%s", info.text);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        dated_fini(&rules);
        return 0;
}

/* NULL: it may; else the field that is wrong. */
static const char *wrong(const char *code, const char *reason)
{
        static struct refusal refusal;
        Tracking__OpenBeneficiaryFile command = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        const Tracking__ReadingVersion *version = dated_on(&rules, day_of_civil((struct civil){2026, 11, 28}));
        command.reason_code = (char *)(uintptr_t)code;
        command.reason = (char *)(uintptr_t)reason;
        identity.family_name = (char[]){"Quatrebarbes-Lévy"};
        identity.given_name = (char[]){"Zéphirine"};
        if (reading_may_open(version, &command, &identity, &refusal))
                return NULL;
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_true(strlen(refusal.text) > 20);
        return refusal.field;
}

static void test_words(void **state)
{
        (void)state;
        static const char *const good[] = {"préparer l'entretien", "Renouveler l’éligibilité avant le 31/12",
                                           "appeler la mission locale", "contrôle CNIL du 12 mars 2027"};
        static const char *const bad[] = {"",
                                          "x",
                                          "  ",
                                          "...",
                                          "aaaaaaaaaaaaaaaa",
                                          "test",
                                          "test test test test",
                                          "aaaa bbbb cccc dddd",
                                          "12 34 56 78 90 12",
                                          "consultation",
                                          "voir ok",
                                          "zzzz zzzzz zzzzzz zzz",
                                          "dfghj klmnp qrstv"};
        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                if (wrong("PLACEMENT", good[i]) != NULL)
                        fail_msg("\"%s\" says something", good[i]);
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                if (wrong("PLACEMENT", bad[i]) == NULL || strcmp(wrong("PLACEMENT", bad[i]), "reason") != 0)
                        fail_msg("\"%s\" says nothing", bad[i]);
}

static void test_codes(void **state)
{
        (void)state;
        const Tracking__ReadingVersion *version = dated_on(&rules, day_of_civil((struct civil){2026, 11, 28}));
        for (size_t i = 0; i < version->n_reasons; i++)
                assert_null(wrong(version->reasons[i]->code, "préparer l'entretien"));
        assert_string_equal(reading_label(version, "nothing"), "");
        assert_true(strlen(reading_label(version, "PERSON_ASKED")) > 0);
}

/* The reason is read by who audits: it does not say who the person is. */
static void test_no_name(void **state)
{
        (void)state;
        assert_string_equal(wrong("PLACEMENT", "préparer l'entretien de zephirine"), "reason");
        assert_string_equal(wrong("PLACEMENT", "préparer l'entretien de Mme LEVY"), "reason");
        assert_null(wrong("PLACEMENT", "préparer l'entretien de la personne"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_words),
                cmocka_unit_test(test_codes),
                cmocka_unit_test(test_no_name),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
