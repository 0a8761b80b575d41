/* The table of text forms: which types are in it, and the borders of what each form can say. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/attr.h"
#include "common/codec/json_form.h"
#include "common/codec/pb.h"
#include "types.pb-c.h"

static void drop(json_t **json)
{
        json_decref(*json);
}

static void test_which_types_are_texts(void **state)
{
        (void)state;
        const ProtobufCMessageDescriptor *texts[] = {
                &types__id__descriptor,      &types__day__descriptor,     &types__month__descriptor,
                &types__instant__descriptor, &types__hours__descriptor,   &types__money__descriptor,
                &types__share__descriptor,   &types__decimal__descriptor,
        };
        for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
                assert_ptr_equal(json_form_of(texts[i])->type, texts[i]);
        assert_null(json_form_of(&types__page__descriptor));
        assert_null(json_form_of(&types__refusal__descriptor));
}

/* Takes the value; NULL where it is refused, else how it is written. */
static json_t *through(const ProtobufCMessageDescriptor *type, json_t *value, struct arena *arena)
{
        scoped(drop) json_t *json = value;
        ProtobufCMessage *message = pb_new(type, arena);
        return json_form_of(type)->parse(json, message, arena) ? json_form_of(type)->format(message) : NULL;
}

static void assert_written(const ProtobufCMessageDescriptor *type, json_t *value, const char *expected)
{
        scoped(arena_fini) struct arena arena = {0};
        scoped(drop) json_t *written = through(type, value, &arena);
        if (expected == NULL) {
                assert_null(written);
                return;
        }
        assert_non_null(written);
        assert_string_equal(json_string_value(written), expected);
}

static void test_borders(void **state)
{
        (void)state;
        assert_written(&types__day__descriptor, json_string("1600-01-01"), "1600-01-01");
        assert_written(&types__day__descriptor, json_string("2400-12-31"), "2400-12-31");
        assert_written(&types__day__descriptor, json_string("2401-01-01"), NULL);
        assert_written(&types__month__descriptor, json_string("1599-12"), NULL);
        assert_written(&types__month__descriptor, json_string("2400-12"), "2400-12");
        assert_written(&types__instant__descriptor, json_string("1600-01-01T00:00:00Z"), "1600-01-01T00:00:00.000Z");
        assert_written(&types__instant__descriptor, json_string("2400-12-31T23:59:59.999Z"),
                       "2400-12-31T23:59:59.999Z");
        assert_written(&types__instant__descriptor, json_integer(0), NULL);
        assert_written(&types__share__descriptor, json_string("1"), "1.0");
        assert_written(&types__share__descriptor, json_string("1.000001"), NULL);
        assert_written(&types__share__descriptor, json_real(0.000001), "0.000001");
        assert_written(&types__share__descriptor, json_integer(2), NULL);
        assert_written(&types__decimal__descriptor, json_string("15703.25"), "15703.25");
        assert_written(&types__decimal__descriptor, json_integer(15703), "15703.0");
        assert_written(&types__decimal__descriptor, json_string("-0.000001"), "-0.000001");
        assert_written(&types__decimal__descriptor, json_string("0.0000001"), NULL);
        assert_written(&types__decimal__descriptor, json_integer(INT64_MAX / 1000000 + 1), NULL);
        assert_written(&types__hours__descriptor, json_string("92233720368547758.07"), "92233720368547758.07");
        assert_written(&types__hours__descriptor, json_string("92233720368547758.08"), NULL);
        assert_written(&types__money__descriptor, json_integer(INT64_MAX / 100), "92233720368547758.00");
        assert_written(&types__money__descriptor, json_integer(INT64_MAX / 100 + 1), NULL);
        assert_written(&types__money__descriptor, json_real(0.1), "0.10");
        assert_written(&types__money__descriptor, json_real(-70.07), "-70.07");
        assert_written(&types__money__descriptor, json_real(0.005), NULL);
        assert_written(&types__id__descriptor, json_null(), NULL);
}

static void test_every_hundredth_survives_as_a_number(void **state)
{
        (void)state;
        for (int64_t cents = 0; cents < 100000; cents += 7) {
                scoped(arena_fini) struct arena arena = {0};
                scoped(drop) json_t *json = json_real((double)cents / 100);
                Types__Money *money = pb_new(&types__money__descriptor, &arena);
                assert_true(json_form_of(&types__money__descriptor)->parse(json, &money->base, &arena));
                assert_int_equal(money->cents, cents);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_which_types_are_texts),
                cmocka_unit_test(test_borders),
                cmocka_unit_test(test_every_hundredth_survives_as_a_number),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
