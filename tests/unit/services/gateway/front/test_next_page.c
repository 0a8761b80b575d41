/* The address of the next page is the same question, further on. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/codec/pb.h"
#include "contracts/queries.pb-c.h"
#include "services/gateway/front/next_page.h"

static struct catalogue_method method_of(const char *name)
{
        struct catalogue_method method;
        char text[64];
        (void)snprintf(text, sizeof(text), "%s", name);
        assert_true(catalogue_method(text, &method));
        return method;
}

static void test_it_goes_on(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct catalogue_method method = method_of("contracts.Contracts");
        ProtobufCMessage *request = pb_new(method.method->input, &arena);
        Contracts__ContractsReply *reply = pb_new(method.method->output, &arena);
        reply->next = pb_bytes(slice_of("\xff\x01", 2));
        assert_string_equal(next_page(&method, request, &reply->base, &arena),
                            "</v1/contracts/Contracts?q=%7B%22page%22%3A%7B%22after%22%3A%22%2FwE%3D%22%7D%7D>; "
                            "rel=\"next\"");
}

static void test_it_ends(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct catalogue_method method = method_of("contracts.Contracts");
        ProtobufCMessage *request = pb_new(method.method->input, &arena),
                         *reply = pb_new(method.method->output, &arena);
        assert_null(next_page(&method, request, reply, &arena));
        method = method_of("contracts.FinalStatement"); /* no list */
        request = pb_new(method.method->input, &arena);
        assert_null(next_page(&method, request, pb_new(method.method->output, &arena), &arena));
}

static void test_an_address_has_an_end(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct catalogue_method method = method_of("contracts.Contracts");
        ProtobufCMessage *request = pb_new(method.method->input, &arena);
        Contracts__ContractsReply *reply = pb_new(method.method->output, &arena);
        reply->next = pb_bytes(slice_of(arena_zalloc(&arena, NEXT_PAGE_MAX), NEXT_PAGE_MAX));
        assert_null(next_page(&method, request, &reply->base, &arena));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_it_goes_on),
                cmocka_unit_test(test_it_ends),
                cmocka_unit_test(test_an_address_has_an_end),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
