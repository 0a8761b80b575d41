/* A refusal is filled in, cut at whole characters, and carried into its message. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/text.h"
#include "common/codec/refusal.h"

static void test_filled_in(void **state)
{
        (void)state;
        struct refusal refusal = {0};
        assert_false(refuse(&refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "lot", "le lot %d est clos", 3));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal.field, "lot");
        assert_string_equal(refusal.text, "le lot 3 est clos");
}

static void test_cut_at_whole_characters(void **state)
{
        (void)state;
        char longest[2001];
        for (size_t shift = 0; shift < 4; shift++) {
                memset(longest, 'x', shift);
                for (size_t i = shift; i + 4 < sizeof(longest); i += 4)
                        memcpy(longest + i, "🏗", 5);
                struct refusal refusal;
                assert_false(refuse(&refusal, TYPES__REFUSAL_CODE__NOT_FOUND, longest, "%s", longest));
                assert_true(utf8_valid(refusal.text, strlen(refusal.text)));
                assert_true(utf8_valid(refusal.field, strlen(refusal.field)));
                assert_in_range(strlen(refusal.text), sizeof(refusal.text) - 4, sizeof(refusal.text) - 1);
        }
}

static void test_what_a_peer_sent_is_mended(void **state)
{
        (void)state;
        struct refusal refusal;
        assert_false(refuse(&refusal, TYPES__REFUSAL_CODE__MALFORMED, "\xffnom", "« %.6s » n'existe pas", "ééé€é"));
        assert_string_equal(refusal.text, "« ééé » n'existe pas");
        assert_false(refuse(&refusal, TYPES__REFUSAL_CODE__MALFORMED, "\xffnom", "« %.7s » n'existe pas", "ééé€é"));
        assert_string_equal(refusal.text, "« ééé? » n'existe pas");
        assert_string_equal(refusal.field, "?nom");
        assert_false(refuse(&refusal, TYPES__REFUSAL_CODE__MALFORMED, "", "%s", "d\xe9p\xf4t ici"));
        assert_string_equal(refusal.text, "d?p?t ici");
        assert_false(refuse(&refusal, TYPES__REFUSAL_CODE__MALFORMED, "", "%.4s", "d'€"));
        assert_string_equal(refusal.text, "d'");
}

static void test_message(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        struct refusal refusal = {0};
        assert_false(refuse(&refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "", "aucun contrat"));
        Types__Refusal *message = refusal_to(&arena, &refusal);
        memset(&refusal, 0, sizeof(refusal)); /* the message has its own memory */
        assert_int_equal(message->code, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(message->field, "");
        assert_string_equal(message->text, "aucun contrat");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_filled_in),
                cmocka_unit_test(test_cut_at_whole_characters),
                cmocka_unit_test(test_what_a_peer_sent_is_mended),
                cmocka_unit_test(test_message),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
