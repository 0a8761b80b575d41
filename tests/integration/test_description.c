/* The roles of the description, which the build reads from the dispatch tables, are those of the daemons; and those of
 * docs/MESSAGES.md. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/catalogue.h"
#include "common/codec/description.h"
#include "common/codec/method_refusals.h"
#include "services/accounts/dispatch.h"
#include "services/contracts/dispatch.h"
#include "services/directory/dispatch.h"
#include "services/gateway/dispatch.h"
#include "services/notifications/dispatch.h"
#include "services/reporting/dispatch.h"
#include "services/tracking/dispatch.h"

static const struct service_spec *const specs[] = {&contracts_spec,     &tracking_spec,  &directory_spec,
                                                   &notifications_spec, &reporting_spec, &accounts_spec,
                                                   &gateway_spec};

static const struct method_roles *find(const char *method)
{
        for (size_t i = 0; i < method_roles_count; i++)
                if (strcmp(method_roles[i].method, method) == 0)
                        return &method_roles[i];
        return NULL;
}

static void test_roles_are_those_of_the_daemons(void **state)
{
        size_t count = 0;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(specs); i++) {
                for (size_t k = 0; k < specs[i]->dispatch_count; k++) {
                        char name[128];
                        const struct dispatch_row *row = &specs[i]->dispatch[k];
                        (void)snprintf(name, sizeof(name), "%s.%s", specs[i]->name, row->method);
                        const struct method_roles *described = find(name);
                        if (described == NULL)
                                fail_msg("%s is not described", name);
                        if (described->roles != row->roles)
                                fail_msg("%s: %x is described, the daemon has %x", name, described->roles, row->roles);
                        count++;
                }
        }
        assert_int_equal(count, method_roles_count);
}

/* What the build reads from the handlers: of methods that there are, each in a sentence of French. */
static void test_refusals_are_of_methods(void **state)
{
        size_t of_attach = 0;
        struct catalogue_method method;
        (void)state;
        assert_true(method_refusals_count > 1000);
        for (size_t i = 0; i < method_refusals_count; i++) {
                const struct method_refusal *row = &method_refusals[i];
                if (!catalogue_method(row->method, &method))
                        fail_msg("%s is no method", row->method);
                if (strchr(row->text, '%') != NULL && strstr(row->text, " %") == NULL)
                        fail_msg("%s: \"%s\"", row->method, row->text);
                of_attach +=
                        strcmp(row->method, "tracking.AttachDocument") == 0 && strcmp(row->field, "upload_id") == 0;
        }
        assert_true(of_attach >= 3); /* its own, and those of the functions that it calls in common/ */
}

/* ---- docs/MESSAGES.md: "## contracts", then "| `Method` | command | company, facilitator | … |" */

static uint32_t role_bits(char *names)
{
        uint32_t bits = 0;
        for (char *rest = NULL, *name = strtok_r(names, ", ", &rest); name != NULL;
             name = strtok_r(NULL, ", ", &rest)) {
                for (char *letter = name; *letter != '\0'; letter++)
                        *letter = (char)toupper((unsigned char)*letter);
                const ProtobufCEnumValue *value =
                        protobuf_c_enum_descriptor_get_value_by_name(&types__role__descriptor, name);
                if (value == NULL)
                        fail_msg("no role is called %s", name);
                bits |= 1u << value->value;
        }
        return bits;
}

static void test_roles_are_those_of_the_document(void **state)
{
        char line[8192], service[64] = "", method[80], kind[16], names[400], full[160];
        size_t count = 0;
        FILE *file = fopen("docs/MESSAGES.md", "re");
        (void)state;
        assert_non_null(file);
        while (fgets(line, sizeof(line), file) != NULL) {
                (void)sscanf(line, "## %63s", service);
                if (sscanf(line, "| `%79[A-Za-z]` | %15[a-z] | %399[^|]|", method, kind, names) != 3 ||
                    (strcmp(kind, "command") != 0 && strcmp(kind, "query") != 0) || strcmp(service, "runtime") == 0)
                        continue;
                (void)snprintf(full, sizeof(full), "%s.%s", service, method);
                const struct method_roles *described = find(full);
                if (described == NULL)
                        fail_msg("%s of the document is not described", full);
                assert_int_equal(described->roles, role_bits(names));
                count++;
        }
        (void)fclose(file);
        assert_int_equal(count, method_roles_count);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_roles_are_those_of_the_daemons),
                cmocka_unit_test(test_refusals_are_of_methods),
                cmocka_unit_test(test_roles_are_those_of_the_document),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
