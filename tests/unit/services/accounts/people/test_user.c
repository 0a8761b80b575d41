/* The rules of accounts, each with what it refuses and the field that it names. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "accounts/commands.pb-c.h"
#include "common/codec/validate.h"
#include "services/accounts/people/user.h"

static char *haute_garonne[] = {(char[]){"31"}};
static uint8_t organisation_bytes[16] = {1};
static Types__Id organisation = {.base = PROTOBUF_C_MESSAGE_INIT(&types__id__descriptor),
                                 .value = {.len = 16, .data = organisation_bytes}};

static Accounts__CreateUser sound(void)
{
        Accounts__CreateUser command = ACCOUNTS__CREATE_USER__INIT;
        command.name = (char *)(uintptr_t) "marie";
        command.role = TYPES__ROLE__FACILITATOR;
        command.territories = haute_garonne;
        command.n_territories = 1;
        return command;
}

/* What the field rules tell, then what the rule of the trade does. */
static bool is_sound(const Accounts__CreateUser *command, struct refusal *ret)
{
        return validate_message(&command->base, day_of_number(20700), ret) &&
               user_check(command->role, command->organisation, ret);
}

static void assert_good(const Accounts__CreateUser *command)
{
        struct refusal refusal = {0};
        if (!is_sound(command, &refusal))
                fail_msg("%s", refusal.text);
}

static void assert_bad(const Accounts__CreateUser *command, const char *field)
{
        struct refusal refusal = {0};
        assert_false(is_sound(command, &refusal));
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
                Accounts__CreateUser command = sound();
                command.name = (char *)(uintptr_t)good[i];
                assert_good(&command);
        }
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                Accounts__CreateUser command = sound();
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
                {TYPES__ROLE__FACILITATOR, true, false},     {TYPES__ROLE__COORDINATOR, true, false},
                {TYPES__ROLE__OPERATOR, true, false},        {TYPES__ROLE__AUDITOR, true, true},
                {TYPES__ROLE__BUYER, false, true},           {TYPES__ROLE__COMPANY, false, true},
                {TYPES__ROLE__STRUCTURE, false, true},       {TYPES__ROLE__PRESCRIBER, false, true},
                {TYPES__ROLE__DATA_PROTECTION, true, false},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Accounts__CreateUser command = sound();
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
        Accounts__CreateUser command = sound();
        command.role = TYPES__ROLE__ROLE_NONE;
        assert_bad(&command, "role");
        command.role = TYPES__ROLE__SERVICE;
        assert_bad(&command, "role");
}

static void test_territories(void **state)
{
        (void)state;
        char *many[110];
        Accounts__CreateUser command = sound();
        command.n_territories = 0;
        assert_bad(&command, "territories");

        for (size_t i = 0; i < ARRAY_SIZE(many); i++)
                many[i] = haute_garonne[0];
        command.territories = many;
        command.n_territories = ARRAY_SIZE(many);
        assert_good(&command);
        many[3] = (char *)(uintptr_t) "20";
        assert_bad(&command, "territories[3]");
        many[3] = (char *)(uintptr_t) "*";
        assert_good(&command);
}

static Accounts__Membership who(Types__Role role, char **territories, size_t count, Types__Id *id)
{
        Accounts__Membership row = ACCOUNTS__MEMBERSHIP__INIT;
        row.role = role;
        row.territories = territories;
        row.n_territories = count;
        row.account_id = id;
        return row;
}

static void test_who_may_consent_to_whom(void **state)
{
        (void)state;
        char *everywhere[] = {(char[]){"*"}}, *two[] = {(char[]){"31"}, (char[]){"81"}};
        uint8_t bytes[2][16] = {{1}, {2}};
        Types__Id ids[2] = {TYPES__ID__INIT, TYPES__ID__INIT};
        static const struct {
                Types__Role role;
                bool needs, coordinator, facilitator;
        } rows[] = {
                {TYPES__ROLE__FACILITATOR, true, true, true},      {TYPES__ROLE__COORDINATOR, true, true, false},
                {TYPES__ROLE__AUDITOR, true, true, false},         {TYPES__ROLE__PRESCRIBER, true, true, true},
                {TYPES__ROLE__STRUCTURE, true, true, true},        {TYPES__ROLE__COMPANY, true, true, true},
                {TYPES__ROLE__BUYER, false, false, false},         {TYPES__ROLE__OPERATOR, false, false, false},
                {TYPES__ROLE__DATA_PROTECTION, true, true, false}, {TYPES__ROLE__SERVICE, false, false, false},
        };
        for (size_t i = 0; i < 2; i++)
                ids[i].value = (ProtobufCBinaryData){.len = 16, .data = bytes[i]};
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Accounts__Membership to = who(rows[i].role, haute_garonne, 1, &ids[0]);
                Accounts__Membership by = who(TYPES__ROLE__COORDINATOR, everywhere, 1, &ids[1]);
                assert_true(user_needs_consent(rows[i].role) == rows[i].needs);
                assert_true(user_may_consent(&by, &to) == rows[i].coordinator);
                by.role = TYPES__ROLE__FACILITATOR;
                assert_true(user_may_consent(&by, &to) == rows[i].facilitator);
                by.role = TYPES__ROLE__OPERATOR;
                assert_false(user_may_consent(&by, &to));
        }
        Accounts__Membership by = who(TYPES__ROLE__COORDINATOR, haute_garonne, 1, &ids[1]);
        Accounts__Membership to = who(TYPES__ROLE__PRESCRIBER, two, 2, &ids[0]);
        assert_false(user_may_consent(&by, &to)); /* not in 81 */
        by.territories = two;
        by.n_territories = 2;
        assert_true(user_may_consent(&by, &to));
        to.territories = everywhere;
        to.n_territories = 1;
        assert_false(user_may_consent(&by, &to));
        assert_false(user_may_consent(&by, &by)); /* nobody to oneself */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_names),
                cmocka_unit_test(test_roles_and_organisations),
                cmocka_unit_test(test_roles_that_no_person_has),
                cmocka_unit_test(test_territories),
                cmocka_unit_test(test_who_may_consent_to_whom),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
