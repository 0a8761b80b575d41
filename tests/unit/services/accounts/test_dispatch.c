/* Every method of proto/accounts has a row and the other way round; no token is kept in clear. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/catalogue.h"
#include "services/accounts/dispatch.h"

static void test_rows(void **state)
{
        (void)state;
        const struct catalogue_service *service = catalogue_find("accounts");
        assert_int_equal(accounts_spec.dispatch_count, service->commands->n_methods + service->queries->n_methods);
        for (size_t i = 0; i < accounts_spec.dispatch_count; i++) {
                const struct dispatch_row *row = &accounts_spec.dispatch[i];
                const ProtobufCServiceDescriptor *block =
                        row->mode == MODE_COMMAND ? service->commands : service->queries;
                assert_non_null(protobuf_c_service_descriptor_get_method_by_name(block, row->method));
                assert_non_null(row->handle);
                /* what answers a token is sealed where it is kept for repetition */
                const ProtobufCMethodDescriptor *method =
                        protobuf_c_service_descriptor_get_method_by_name(block, row->method);
                static const char *const secrets[] = {"token", "key", "secret"};
                bool tells = false;
                for (size_t k = 0; k < ARRAY_SIZE(secrets); k++)
                        tells |= protobuf_c_message_descriptor_get_field_by_name(method->output, secrets[k]) != NULL;
                if (row->mode == MODE_COMMAND && tells != row->reply_sealed)
                        fail_msg("%s", row->method);
                assert_false(row->reply_not_kept);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_rows),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
