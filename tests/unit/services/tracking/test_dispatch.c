#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "services/tracking/dispatch.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

static const struct dispatch_row *row_of(const char *method)
{
        for (size_t i = 0; i < tracking_spec.dispatch_count; i++)
                if (strcmp(tracking_spec.dispatch[i].method, method) == 0)
                        return &tracking_spec.dispatch[i];
        return NULL;
}

static void every_method_has_a_row(const ProtobufCServiceDescriptor *service, enum dispatch_mode mode)
{
        for (unsigned i = 0; i < service->n_methods; i++) {
                const struct dispatch_row *row = row_of(service->methods[i].name);
                if (row == NULL)
                        fail_msg("no row for %s", service->methods[i].name);
                assert_int_equal(row->mode, mode);
                assert_non_null(row->handle);
                assert_int_not_equal(row->roles, 0);
        }
}

static void test_rows(void **state)
{
        (void)state;
        every_method_has_a_row(&tracking__commands__descriptor, MODE_COMMAND);
        every_method_has_a_row(&tracking__queries__descriptor, MODE_QUERY);
}

/* Nobody but a facilitator opens a file, and its answer is kept nowhere; no row admits a buyer. */
static void test_who_is_admitted(void **state)
{
        (void)state;
        assert_int_equal(row_of("OpenBeneficiaryFile")->roles, ROLE_BIT(FACILITATOR));
        for (size_t i = 0; i < tracking_spec.dispatch_count; i++) {
                const struct dispatch_row *row = &tracking_spec.dispatch[i];
                assert_int_equal(row->reply_not_kept, strcmp(row->method, "OpenBeneficiaryFile") == 0 ||
                                                              strcmp(row->method, "OpenFollowUp") == 0 ||
                                                              strcmp(row->method, "ExportPerson") == 0 ||
                                                              strcmp(row->method, "SeekDoubles") == 0 ||
                                                              strcmp(row->method, "KnownPerson") == 0);
                assert_int_equal(row->roles & (ROLE_BIT(BUYER) | ROLE_BIT(ROLE_NONE)), 0);
        }
}

/* The data protection officer answers for a person's rights and audits, and nothing else (decision 0081). */
static void test_what_the_officer_may(void **state)
{
        static const char *const hers[] = {"ErasePerson",     "ExportPerson", "RectifyIdentity", "RestrictPerson",
                                           "LiftRestriction", "FileReadings", "RetentionDue"};
        size_t found = 0;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(hers); i++)
                assert_true(row_of(hers[i])->roles & ROLE_BIT(DATA_PROTECTION));
        for (size_t i = 0; i < tracking_spec.dispatch_count; i++)
                found += (tracking_spec.dispatch[i].roles & ROLE_BIT(DATA_PROTECTION)) != 0;
        assert_int_equal(found, ARRAY_SIZE(hers));
}

static void test_copies_and_one_reaction(void **state)
{
        (void)state;
        for (size_t i = 0; i < tracking_spec.subscription_count; i++) {
                assert_non_null(tracking_spec.subscriptions[i].copy);
                /* to a contract whose kind was set right */
                assert_int_equal(tracking_spec.subscriptions[i].react != NULL,
                                 strcmp(tracking_spec.subscriptions[i].service, "contracts") == 0);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_rows),
                cmocka_unit_test(test_who_is_admitted),
                cmocka_unit_test(test_what_the_officer_may),
                cmocka_unit_test(test_copies_and_one_reaction),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
