/* The rules of accounts, each with what it refuses and the field that it names. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "services/gateway/user.h"

static uint8_t hash[33];
static char *haute_garonne[] = {(char[]){"31"}};
static Types__Id organisation = TYPES__ID__INIT;

static Gateway__CreateUser sound(void)
{
        Gateway__CreateUser command = GATEWAY__CREATE_USER__INIT;
        command.name = (char *)(uintptr_t) "marie";
        command.role = TYPES__ROLE__FACILITATOR;
        command.territories = haute_garonne;
        command.n_territories = 1;
        command.token_hash = (ProtobufCBinaryData){.len = 32, .data = hash};
        return command;
}

static void assert_good(const Gateway__CreateUser *command)
{
        struct refusal refusal = {0};
        if (!user_check(command, &refusal))
                fail_msg("%s", refusal.text);
}

static void assert_bad(const Gateway__CreateUser *command, const char *field)
{
        struct refusal refusal = {0};
        assert_false(user_check(command, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
}

static void test_names(void **state)
{
        (void)state;
        static const char *const good[] = {"abc", "marie.dupont@example.org", "a_b-0",
                                           "0123456789012345678901234567890123456789012345678901234567890123"};
        static const char *const bad[] = {"",
                                          "ab",
                                          "Marie",
                                          "marie dupont",
                                          "mâri",
                                          "a/b/c",
                                          "01234567890123456789012345678901234567890123456789012345678901234"};
        for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
                Gateway__CreateUser command = sound();
                command.name = (char *)(uintptr_t)good[i];
                assert_good(&command);
        }
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                Gateway__CreateUser command = sound();
                command.name = (char *)(uintptr_t)bad[i];
                assert_bad(&command, "name");
        }
}

static void test_roles_and_organisations(void **state)
{
        (void)state;
        static const struct {
                Types__Role role;
                bool without, with;
        } rows[] = {
                {TYPES__ROLE__FACILITATOR, true, false}, {TYPES__ROLE__COORDINATOR, true, false},
                {TYPES__ROLE__OPERATOR, true, false},    {TYPES__ROLE__AUDITOR, true, true},
                {TYPES__ROLE__BUYER, false, true},       {TYPES__ROLE__COMPANY, false, true},
                {TYPES__ROLE__STRUCTURE, false, true},   {TYPES__ROLE__PRESCRIBER, false, true},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Gateway__CreateUser command = sound();
                command.role = rows[i].role;
                if (rows[i].without)
                        assert_good(&command);
                else
                        assert_bad(&command, "organisation");
                command.organisation = &organisation;
                if (rows[i].with)
                        assert_good(&command);
                else
                        assert_bad(&command, "organisation");
        }
}

static void test_roles_that_no_person_has(void **state)
{
        (void)state;
        Gateway__CreateUser command = sound();
        command.role = TYPES__ROLE__ROLE_NONE;
        assert_bad(&command, "role");
        command.role = TYPES__ROLE__SERVICE;
        assert_bad(&command, "role");
}

static void test_territories(void **state)
{
        (void)state;
        char *many[110];
        Gateway__CreateUser command = sound();
        command.n_territories = 0;
        assert_bad(&command, "territories");

        for (size_t i = 0; i < ARRAY_SIZE(many); i++)
                many[i] = haute_garonne[0];
        command.territories = many;
        command.n_territories = ARRAY_SIZE(many);
        assert_good(&command);
        many[3] = (char *)(uintptr_t) "20";
        assert_bad(&command, "territories");
        many[3] = (char *)(uintptr_t) "*";
        assert_good(&command);
}

static void test_token_hash(void **state)
{
        (void)state;
        Gateway__CreateUser command = sound();
        command.token_hash.len = 31;
        assert_bad(&command, "tokenHash");
        command.token_hash.len = 33;
        assert_bad(&command, "tokenHash");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_names),
                cmocka_unit_test(test_roles_and_organisations),
                cmocka_unit_test(test_roles_that_no_person_has),
                cmocka_unit_test(test_territories),
                cmocka_unit_test(test_token_hash),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
