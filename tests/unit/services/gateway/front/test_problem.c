/* Every code of a refusal has the status that the interface promises, and a problem says what RFC 9457 has it say. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/gateway/front/problem.h"

static void test_statuses(void **state)
{
        (void)state;
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__MALFORMED), 400);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__INVALID_FIELD), 400);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__NOT_AUTHENTICATED), 401);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__NOT_ALLOWED), 403);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__UNKNOWN_METHOD), 404);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__NOT_FOUND), 404);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__ALREADY_EXISTS), 409);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__WRONG_STATE), 409);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__NOT_ELIGIBLE), 409);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__KEY_REUSED), 409);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__TOO_LARGE), 413);
        assert_int_equal(problem_status(TYPES__REFUSAL_CODE__UNAVAILABLE), 503);
}

static void test_every_known_code_has_one(void **state)
{
        (void)state;
        for (unsigned i = 0; i < types__refusal_code__descriptor.n_values; i++) {
                Types__RefusalCode code = (Types__RefusalCode)types__refusal_code__descriptor.values[i].value;
                if (code == TYPES__REFUSAL_CODE__REFUSAL_NONE)
                        assert_int_equal(problem_status(code), 500);
                else
                        assert_int_not_equal(problem_status(code), 500);
        }
        assert_int_equal(problem_status((Types__RefusalCode)99), 500);
}

static const char *said(const json_t *json, const char *name)
{
        return json_string_value(json_object_get(json, name));
}

static void test_members(void **state)
{
        (void)state;
        Types__Refusal refusal = TYPES__REFUSAL__INIT;
        refusal.code = TYPES__REFUSAL_CODE__INVALID_FIELD;
        refusal.field = "record.buyerSiret";
        refusal.text = "Corrigez le SIRET.";
        json_t *json = problem_json(400, &refusal);
        assert_string_equal(said(json, "type"), "/v1/problems/INVALID_FIELD");
        assert_string_equal(said(json, "title"), "Champ à corriger");
        assert_int_equal(json_integer_value(json_object_get(json, "status")), 400);
        assert_string_equal(said(json, "detail"), "Corrigez le SIRET.");
        assert_string_equal(said(json, "code"), "INVALID_FIELD");
        assert_string_equal(said(json, "field"), "record.buyerSiret");
        json_decref(json);
}

static void test_no_field_is_no_member(void **state)
{
        (void)state;
        Types__Refusal refusal = TYPES__REFUSAL__INIT;
        refusal.code = (Types__RefusalCode)99; /* of a later version */
        json_t *json = problem_json(429, &refusal);
        assert_null(json_object_get(json, "field"));
        assert_int_equal(json_integer_value(json_object_get(json, "status")), 429);
        assert_string_equal(said(json, "code"), "UNKNOWN");
        json_decref(json);
}

/* The name in the address is the name of the code: there is one table of them, and the codes are of proto/. */
static void test_names_are_those_of_the_codes(void **state)
{
        (void)state;
        for (unsigned i = 0; i < types__refusal_code__descriptor.n_values; i++) {
                const ProtobufCEnumValue *value = &types__refusal_code__descriptor.values[i];
                Types__Refusal refusal = TYPES__REFUSAL__INIT;
                refusal.code = (Types__RefusalCode)value->value;
                json_t *json = problem_json(400, &refusal);
                if (refusal.code != TYPES__REFUSAL_CODE__REFUSAL_NONE)
                        assert_string_equal(said(json, "code"), value->name);
                json_decref(json);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_statuses),
                cmocka_unit_test(test_every_known_code_has_one),
                cmocka_unit_test(test_members),
                cmocka_unit_test(test_no_field_is_no_member),
                cmocka_unit_test(test_names_are_those_of_the_codes),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
