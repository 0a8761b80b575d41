#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "services/tracking/rules/publics.h"

/* The file that is delivered: it can be read whole, and says what the rest of the tests and the domain count on. */
static void test_the_delivered_file(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct eligibility_rules rules;
        struct err_info info = {0};
        if (publics_load("deploy/rules/publics.json", &arena, &rules, &info) != 0)
                fail_msg("%s", info.text);
        assert_true(rules.version[0] != '\0');
        assert_int_equal(rules.default_months, 24);
        assert_int_equal(rules.contract_count, 6);
        assert_int_equal(eligibility_contract(&rules, "CDI")->months, 36);
        assert_true(eligibility_contract(&rules, "APPRENTISSAGE")->whole_contract);
        assert_int_equal(eligibility_contract(&rules, "CDDI")->months, 24);

        static const char *const codes[] = {
                "A_STPA",    "A_IAE",         "A_REGIE", "A_EPIDE",     "A_E2C",    "A_GEIQ",  "A_PRISON",
                "B_DELD",    "B_DELD",        "B_DETLD", "B_DETLD", /* until 2024, and since */
                "B_RSA",     "B_ASS",         "B_AAH",   "B_ATA",       "B_AV",     "B_INVAL", "B_BOETH",
                "B_SENIOR",  "B_JEUNE_INFRA", "B_JEUNE", "B_JEUNE_ACC", "B_QPV",    "B_ZFRR",  "B_REFUGIE",
                "B_JUSTICE", "B_PLIE",        "B_AUTRE", "C_ETT",       "T_FEMMES", "T_JEUNES"};
        assert_int_equal(rules.public_count, ARRAY_SIZE(codes));
        for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
                assert_string_equal(rules.publics[i].code, codes[i]);
                assert_int_equal(rules.publics[i].proof_count > 0, rules.publics[i].family != FAMILY_TARGET);
                assert_int_equal(rules.publics[i].reason_demanded, strcmp(codes[i], "B_AUTRE") == 0);
        }
}

static struct day day(int year, int month, int of_month)
{
        return day_of_civil((struct civil){year, month, of_month});
}

/* What the law changed: which proofs, which lists of places, and whom agencies may place. */
static void test_what_changed_on_its_day(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct eligibility_rules rules;
        struct refusal refusal = {0};
        struct day until, dated = day(2024, 12, 20), judged = day(2023, 12, 31);
        const char *perimeter;
        assert_int_equal(publics_load("deploy/rules/publics.json", &arena, &rules, NULL), 0);
        struct eligibility_question question = {.public_code = "B_DELD",
                                                .proof_code = "ATTESTATION_FRANCE_TRAVAIL",
                                                .reason = "",
                                                .proof_dated = &dated,
                                                .valid_from = day(2024, 12, 31),
                                                .born_on = day(1990, 1, 1),
                                                .eligible = true};
        assert_true(eligibility_decide(&rules, &question, &until, &refusal));
        question.valid_from = day(2025, 1, 1);
        assert_false(eligibility_decide(&rules, &question, &until, &refusal));
        assert_non_null(strstr(refusal.text, "Depuis le 01/01/2025"));
        question.proof_code = "ATTESTATION_RECHERCHE";
        assert_true(eligibility_decide(&rules, &question, &until, &refusal));
        struct day good_until = day(2024, 12, 31);
        question.public_code = "B_BOETH";
        question.proof_code = "DECISION_MDPH";
        question.proof_until = &good_until; /* the day before the first one */
        assert_false(eligibility_decide(&rules, &question, &until, &refusal));
        assert_string_equal(refusal.field, "proofUntil");
        good_until = day(2025, 6, 30); /* no longer than the proof is good */
        assert_true(eligibility_decide(&rules, &question, &until, &refusal));
        assert_int_equal(day_number(until), day_number(good_until));
        good_until = day(2032, 6, 30);
        assert_true(eligibility_decide(&rules, &question, &until, &refusal));
        assert_int_equal(day_number(until), day_number(day(2026, 12, 31)));
        question.proof_until = NULL;
        question.public_code = "T_FEMMES";
        assert_false(eligibility_decide(&rules, &question, &until, &refusal));
        assert_non_null(strstr(refusal.text, "filtre"));

        struct place_question place = {.public_code = "B_QPV",
                                       .territory = "31",
                                       .judged_on = &judged,
                                       .valid_from = day(2024, 1, 10),
                                       .decided_on = day(2024, 1, 10)};
        assert_true(eligibility_perimeter(&rules, &place, &perimeter, &refusal));
        assert_string_equal(perimeter, "QPV_2014");
        judged = day(2024, 1, 1);
        assert_true(eligibility_perimeter(&rules, &place, &perimeter, &refusal));
        assert_string_equal(perimeter, "QPV_2024");
        place.territory = "974"; /* renewed a year later */
        assert_true(eligibility_perimeter(&rules, &place, &perimeter, &refusal));
        assert_string_equal(perimeter, "QPV_2014");
        judged = day(2024, 1, 11);
        assert_false(eligibility_perimeter(&rules, &place, &perimeter, &refusal)); /* after the decision */
        judged = day(2023, 7, 9);
        assert_false(eligibility_perimeter(&rules, &place, &perimeter, &refusal)); /* too long before */
        place.judged_on = NULL;
        assert_false(eligibility_perimeter(&rules, &place, &perimeter, &refusal));
        assert_string_equal(refusal.field, "judgedOn");
        place.public_code = "B_RSA";
        assert_true(eligibility_perimeter(&rules, &place, &perimeter, &refusal));
        assert_string_equal(perimeter, "");

        assert_true(eligibility_agency_admits(&rules, "C_ETT", day(2026, 1, 1)));
        assert_true(eligibility_agency_admits(&rules, "B_RSA", day(2026, 1, 1)));
        assert_false(eligibility_agency_admits(&rules, "A_IAE", day(2026, 1, 1)));
}

static int load_text(const char *text, struct err_info *info)
{
        char path[] = "/tmp/guichet-publics-XXXXXX";
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        assert_int_equal(write(fd, text, strlen(text)), strlen(text));
        assert_int_equal(close(fd), 0);
        struct arena arena scoped(arena_fini) = {0};
        struct eligibility_rules rules;
        int err = publics_load(path, &arena, &rules, info);
        assert_int_equal(unlink(path), 0);
        return err;
}

#define KIND         "{\"code\": \"CDD\", \"label\": \"l\", \"source\": \"s\"}"
#define CONTRACTS    "\"validity\": {\"default_months\": 24, \"work_contracts\": [" KIND "]}"
#define PROOFS       "\"proofs\": [{\"code\": \"P\", \"label\": \"l\", \"age_max_months\": 3}]"
#define HEAD         "\"code\": \"X\", \"label\": \"l\", \"source\": \"s\", \"family\": \"person\", "
#define PUBLIC(more) "\"publics\": [{" HEAD more "}]"

static void test_a_small_file(void **state)
{
        (void)state;
        struct err_info info = {0};
        assert_int_equal(load_text("{\"version\": \"1\", " CONTRACTS ", " PUBLIC(PROOFS) "}", &info), 0);
}

static void test_what_is_wrong_is_told(void **state)
{
        (void)state;
        static const struct {
                const char *text;
                const char *told;
        } cases[] = {
                {"{", "line"},
                {"{" CONTRACTS ", " PUBLIC(PROOFS) "}", "version"},
                {"{\"version\": \"1\", " PUBLIC(PROOFS) "}", "work_contracts"},
                {"{\"version\": \"1\", " CONTRACTS "}", "publics"},
                {"{\"version\": \"1\", " CONTRACTS ", " PUBLIC("\"proofs\": []") "}", "proofs"},
                {"{\"version\": \"1\", " CONTRACTS ", " PUBLIC(PROOFS ", \"valid_from\": \"hier\"") "}", "valid_from"},
                {"{\"version\": \"1\", " CONTRACTS ", " PUBLIC(PROOFS ", \"age_min_years\": -2") "}", "age_min_years"},
                {"{\"version\": \"1\", " CONTRACTS ", " PUBLIC(PROOFS ", \"reason_demanded\": 1") "}",
                 "reason_demanded"},
                {"{\"version\": \"1\", \"version\": \"2\", " CONTRACTS ", " PUBLIC(PROOFS) "}", "version"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct err_info info = {0};
                assert_int_equal(load_text(cases[i].text, &info), ERR_CONFIG);
                if (strstr(info.text, cases[i].told) == NULL)
                        fail_msg("%zu: %s", i, info.text);
        }
}

static void test_no_file(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct eligibility_rules rules;
        struct err_info info = {0};
        assert_int_equal(publics_load("/nowhere/publics.json", &arena, &rules, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "/nowhere/publics.json"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_delivered_file),
                cmocka_unit_test(test_what_changed_on_its_day),
                cmocka_unit_test(test_a_small_file),
                cmocka_unit_test(test_what_is_wrong_is_told),
                cmocka_unit_test(test_no_file),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
