/* Codes of dated lists: read, of a day, and the remedy for one that is none. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/codec/codes.h"
#include "common/codec/json_form.h"
#include "common/codec/validate.h"
#include "contracts/commands.pb-c.h"
#include "tracking/commands.pb-c.h"

static struct day on(int year, int month, int day)
{
        return day_of_civil((struct civil){year, month, day});
}

static void load(const char *service, struct code_lists *ret)
{
        struct err_info info = {0};
        if (codes_load("deploy/rules", service, ret, &info) != 0)
                fail_msg("%s", info.text);
}

static void test_whose_lists(void **state)
{
        struct code_lists lists;
        (void)state;
        load("tracking", &lists);
        assert_non_null(codes_list(&lists, "reading_reasons"));
        assert_null(codes_list(&lists, "control_models"));
        codes_free(&lists);
        load("directory", &lists);
        assert_int_equal(lists.count, 0);
        codes_free(&lists);
        load(NULL, &lists);
        assert_true(lists.count >= 12);
        for (size_t i = 0; i < lists.count; i++)
                assert_true(codes_is_list(lists.lists[i].name) && lists.lists[i].count > 0);
        assert_false(codes_is_list("no_list"));
        assert_string_equal(codes_list(&lists, "publics")->codes[0].code, "A_STPA");
        codes_free(&lists);
        codes_free(&lists);
}

/* ---- days */

static int load_of(const char *publics, struct code_lists *ret, struct err_info *info)
{
        char directory[] = "/tmp/guichet-codes-XXXXXX", path[64];
        static const char *const files[][2] = {
                {"reading_reasons",
                 "{\"versions\": [{\"valid_from\": \"2020-01-01\","
                 "\"reasons\": [{\"code\": \"OLD\", \"label\": \"a\"}]},"
                 "{\"valid_from\": \"2026-01-01\", \"reasons\": [{\"code\": \"NEW\", \"label\": \"b\"}]}]}"},
                {"privacy", "{\"versions\": [{\"valid_from\": \"2020-01-01\","
                            "\"erasure_reasons\": [{\"code\": \"ASKED\", \"label\": \"c\"}],"
                            "\"restriction_reasons\": [{\"code\": \"ASKED\", \"label\": \"c\"}],"
                            "\"lifting_reasons\": [{\"code\": \"ASKED\", \"label\": \"c\"}],"
                            "\"relocation_declines\": [{\"code\": \"ASKED\", \"label\": \"c\"}]}]}"},
                {"outcomes", "{\"versions\": [{\"valid_from\": \"2020-01-01\","
                             "\"end_reasons\": [{\"code\": \"TERM\", \"label\": \"d\"}],"
                             "\"outcome_sources\": [{\"code\": \"PERSON\", \"label\": \"e\"}]}]}"},
                {"terms", "{\"versions\": [{\"valid_from\": \"2020-01-01\","
                          "\"amendments\": [{\"code\": \"HOURS\", \"label\": \"f\"}],"
                          "\"corrections\": [{\"code\": \"TYPING\", \"label\": \"g\"}]}]}"},
                {"eligibility", "{\"versions\": [{\"valid_from\": \"2020-01-01\","
                                "\"refusal_reasons\": [{\"code\": \"OTHER\", \"label\": \"d\"}],"
                                "\"suspension_reasons\": [{\"code\": \"OTHER\", \"label\": \"d\"}],"
                                "\"correction_reasons\": [{\"code\": \"OTHER\", \"label\": \"d\"}]}]}"},
                {"proposals", "{\"versions\": [{\"valid_from\": \"2020-01-01\","
                              "\"refusal_reasons\": [{\"code\": \"ASKED\", \"label\": \"c\"}],"
                              "\"withdrawal_reasons\": [{\"code\": \"ASKED\", \"label\": \"c\"}],"
                              "\"postponement_reasons\": [{\"code\": \"ASKED\", \"label\": \"c\"}]}]}"},
                {"hours", "{\"versions\": [{\"valid_from\": \"2020-01-01\","
                          "\"return_reasons\": [{\"code\": \"ASKED\", \"label\": \"c\"}]}]}"},
                {"controls", "{\"versions\": [{\"valid_from\": \"2020-01-01\","
                             "\"evidence_kinds\": [{\"code\": \"PAY\", \"label\": \"f\"}],"
                             "\"rejection_reasons\": [{\"code\": \"OLD\", \"label\": \"g\"}],"
                             "\"effects\": [{\"code\": \"KEPT\", \"label\": \"h\"}]}]}"},
                {"followup", "{\"versions\": [{\"valid_from\": \"2020-01-01\","
                             "\"contact_kinds\": [{\"code\": \"CALL\", \"label\": \"f\"}],"
                             "\"contact_results\": [{\"code\": \"MET\", \"label\": \"g\"}],"
                             "\"action_kinds\": [{\"code\": \"TRAINING\", \"label\": \"h\"}],"
                             "\"giving_up_reasons\": [{\"code\": \"NO_PLACE\", \"label\": \"i\"}]}]}"},
                {"publics", NULL},
        };
        assert_non_null(mkdtemp(directory));
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                (void)snprintf(path, sizeof(path), "%s/%s.json", directory, files[i][0]);
                FILE *file = fopen(path, "w");
                assert_non_null(file);
                assert_true(fputs(files[i][1] != NULL ? files[i][1] : publics, file) >= 0);
                assert_int_equal(fclose(file), 0);
        }
        int err = codes_load(directory, "tracking", ret, info);
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                (void)snprintf(path, sizeof(path), "%s/%s.json", directory, files[i][0]);
                (void)unlink(path);
        }
        (void)rmdir(directory);
        return err;
}

#define CONTRACTS_OF_WORK "\"validity\": {\"work_contracts\": [{\"code\": \"CDI\", \"label\": \"x\"}]}"

static void test_days(void **state)
{
        struct code_lists lists;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(load_of("{" CONTRACTS_OF_WORK ", \"publics\": [{\"code\": \"A\", \"label\": \"a\", "
                                 "\"valid_to\": \"2025-12-31\", \"proofs\": [{\"code\": \"P\", \"label\": \"p\"}]}, "
                                 "{\"code\": \"A\", \"label\": \"b\", \"valid_from\": \"2026-01-01\", "
                                 "\"proofs\": [{\"code\": \"P\", \"label\": \"p\"}]}]}",
                                 &lists, &info),
                         0);
        const struct code_list *reasons = codes_list(&lists, "reading_reasons");
        assert_true(codes_have(reasons, "OLD", on(2019, 1, 1))); /* before all versions, the first */
        assert_true(codes_have(reasons, "OLD", on(2025, 12, 31)));
        assert_false(codes_have(reasons, "OLD", on(2026, 1, 1)));
        assert_true(codes_have(reasons, "NEW", on(2026, 1, 1)));
        assert_false(codes_have(reasons, "NEW", on(2025, 12, 31)));
        assert_int_equal(codes_list(&lists, "publics_ever")->count, 1);
        assert_int_equal(codes_list(&lists, "proofs_ever")->count, 1);
        assert_true(codes_have(codes_list(&lists, "publics_ever"), "A", on(2400, 1, 1)));
        codes_free(&lists);
}

static void test_what_is_refused(void **state)
{
        static const char *const cases[][2] = {
                {"{", "publics.json: line 1"},
                {"{" CONTRACTS_OF_WORK "}", "publics: there must be at least one"},
                {"{" CONTRACTS_OF_WORK ", \"publics\": [{\"code\": \"A\"}]}", "publics: each needs a code"},
                {"{" CONTRACTS_OF_WORK ", \"publics\": [{\"code\": \"A\", \"label\": \"a\", \"valid_to\": \"soon\"}]}",
                 "valid_to: \"soon\" is no day"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                struct code_lists lists;
                struct err_info info = {0};
                assert_int_equal(load_of(cases[i][0], &lists, &info), ERR_CONFIG);
                if (strstr(info.text, cases[i][1]) == NULL)
                        fail_msg("%s: not in: %s", cases[i][1], info.text);
        }
        struct code_lists lists;
        struct err_info info = {0};
        assert_int_equal(codes_load("/nowhere", NULL, &lists, &info), ERR_NOT_FOUND);
}

/* ---- the remedy */

static void test_remedy(void **state)
{
        char remedy[CODES_REMEDY_SIZE];
        struct code_lists lists;
        (void)state;
        load(NULL, &lists);
        codes_remedy(codes_list(&lists, "control_models"), "annuel", on(2026, 11, 28), remedy);
        assert_string_equal(remedy, "écrivez trimestriel, formation ou mensuel");
        assert_true(codes_name_all(codes_list(&lists, "calibration_tables"), on(2026, 11, 28), remedy));
        assert_string_equal(remedy, "écrivez formation");
        const struct code_list *publics = codes_list(&lists, "publics");
        assert_false(codes_name_all(publics, on(2026, 11, 28), remedy));
        static const char *const typed[] = {"b_qpv", "QPV", "B_QPW", "B-QPV "};
        for (size_t i = 0; i < ARRAY_SIZE(typed); i++) {
                codes_remedy(publics, typed[i], on(2026, 11, 28), remedy);
                if (strstr(remedy, "par exemple B_QPV (le plus proche) : Habitant") == NULL)
                        fail_msg("%s: %s", typed[i], remedy);
        }
        char longest[4001];
        memset(longest, 'z', sizeof(longest) - 1);
        longest[sizeof(longest) - 1] = '\0';
        codes_remedy(publics, longest, on(2026, 11, 28), remedy);
        codes_remedy(publics, "", on(2026, 11, 28), remedy);
        codes_free(&lists);
}

/* ---- as a rule of a field */

static void test_fields(void **state)
{
        struct code_lists lists;
        struct refusal refusal;
        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        Contracts__CompareCalibrationsRequest request = CONTRACTS__COMPARE_CALIBRATIONS_REQUEST__INIT;
        Contracts__Calibration *one[] = {&calibration};
        char *publics[] = {(char *)"B_QPV", (char *)"b_qpv"};
        const struct day today = on(2026, 11, 28);
        (void)state;
        load("contracts", &lists);
        request.calibrations = one;
        request.n_calibrations = 1;
        calibration.target_publics = publics;
        calibration.n_target_publics = 2;
        bool told_more = validate_message(&request.base, today, &refusal); /* without lists: no code is judged */
        assert_true(told_more || strcmp(refusal.field, "calibrations[0].targetPublics[1]") != 0);
        assert_false(validate_with_codes(&request.base, today, &lists, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, "calibrations[0].targetPublics[1]");
        assert_non_null(strstr(refusal.text, "Corrigez les publics visés (n° 2) : écrivez un code de la liste, "));
        assert_non_null(strstr(refusal.text, "B_QPV"));
        publics[1] = (char *)"";
        calibration.trade = (char *)"peintre";
        assert_false(validate_with_codes(&request.base, today, &lists, &refusal));
        assert_string_equal(refusal.field, "calibrations[0].trade");
        assert_non_null(strstr(refusal.text, "peinture"));
        codes_free(&lists);
}

/* What must be there, and is one of a few, names them. */
static void test_missing(void **state)
{
        struct code_lists lists;
        struct refusal refusal;
        Tracking__OpenBeneficiaryFile opening = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        uint8_t id[16] = {1};
        Types__Id beneficiary = TYPES__ID__INIT;
        (void)state;
        load("tracking", &lists);
        beneficiary.value = (ProtobufCBinaryData){sizeof(id), id};
        opening.beneficiary_id = &beneficiary;
        opening.reason = (char *)"préparer l'entretien";
        assert_false(validate_with_codes(&opening.base, on(2026, 11, 28), &lists, &refusal));
        assert_string_equal(refusal.field, "reasonCode");
        assert_string_equal(refusal.text, "Indiquez la raison de l'ouverture du dossier : écrivez ELIGIBILITY, "
                                          "PLACEMENT, CONTACT, PERSON_ASKED, COMPLAINT ou OTHER.");
        codes_free(&lists);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_whose_lists),     cmocka_unit_test(test_days),
                cmocka_unit_test(test_what_is_refused), cmocka_unit_test(test_remedy),
                cmocka_unit_test(test_fields),          cmocka_unit_test(test_missing),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
