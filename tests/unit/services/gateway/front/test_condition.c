/* What the asker has already, and what he has read. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "services/gateway/front/condition.h"

static void test_tags(void **state)
{
        (void)state;
        char one[ETAG_SIZE], same[ETAG_SIZE], other[ETAG_SIZE], several[200];
        const struct slice nowhere = {0};
        etag_make(slice_of_text("151.67"), nowhere, one);
        etag_make(slice_of_text("151.67"), nowhere, same);
        etag_make(slice_of_text("151.6"), slice_of_text("7"), other);
        assert_string_not_equal(one, other);
        etag_make(slice_of_text("151.68"), nowhere, other);
        assert_string_equal(one, same);
        assert_string_not_equal(one, other);
        assert_int_equal(strncmp(one, "W/\"", 3), 0);
        assert_true(etag_is_known(one, one));
        assert_true(etag_is_known(one, "*"));
        assert_true(etag_is_known(one, one + 2)); /* without the mark */
        assert_false(etag_is_known(one, other));
        assert_false(etag_is_known(one, NULL));
        assert_false(etag_is_known(one, ""));
        (void)snprintf(several, sizeof(several), "%s, %s", other, one);
        assert_true(etag_is_known(one, several));
}

/* What becomes of `seen` with that header: the number, or which refusal. */
static uint64_t seen_of(const char *if_match, uint64_t before, struct refusal *ret_refusal)
{
        struct arena arena scoped(arena_fini) = {0};
        Contracts__PutClause *command = pb_new(&contracts__put_clause__descriptor, &arena);
        *ret_refusal = (struct refusal){0};
        command->seen = before;
        return condition_seen(if_match, &command->base, ret_refusal) ? command->seen : 0;
}

static void test_what_was_read(void **state)
{
        (void)state;
        struct refusal refusal;
        assert_int_equal(seen_of(NULL, 0, &refusal), 0);
        assert_int_equal(seen_of(NULL, 7, &refusal), 7);
        assert_int_equal(seen_of("\"12\"", 0, &refusal), 12);
        assert_int_equal(seen_of("\"12\"", 12, &refusal), 12);
        assert_true(seen_of("*", 0, &refusal) == VERSION_ANY);
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__REFUSAL_NONE);
}

static void test_what_is_no_version(void **state)
{
        (void)state;
        static const char *const wrong[] = {"12",     "\"\"",         "\"12",   "W/\"12\"",
                                            "\"1x\"", "\"1\", \"2\"", "\"-1\"", "\"99999999999999999999999999\"",
                                            ""};
        for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
                struct refusal refusal;
                assert_int_equal(seen_of(wrong[i], 0, &refusal), 0);
                assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
                assert_string_equal(refusal.field, "If-Match");
        }
}

static void test_two_versions_are_one_too_many(void **state)
{
        (void)state;
        struct refusal refusal;
        assert_int_equal(seen_of("\"12\"", 11, &refusal), 0);
        assert_non_null(strstr(refusal.text, "deux versions"));
}

static void test_of_what_replaces_nothing(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct refusal refusal;
        Contracts__OpenContract *command = pb_new(&contracts__open_contract__descriptor, &arena);
        assert_true(condition_seen(NULL, &command->base, &refusal));
        assert_false(condition_seen("\"12\"", &command->base, &refusal));
        assert_non_null(strstr(refusal.text, "ne remplace rien"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_tags),
                cmocka_unit_test(test_what_was_read),
                cmocka_unit_test(test_what_is_no_version),
                cmocka_unit_test(test_two_versions_are_one_too_many),
                cmocka_unit_test(test_of_what_replaces_nothing),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
