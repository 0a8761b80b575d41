/* Messages: what may be in them, and what they look like. (A real server and a real reader: channels/test_smtp.c.) */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "services/notifications/mail.h"

static const struct mail good = {
        .id = {{0x01, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 0x01, 0x8f, 0, 1, 0x23, 0x45, 0x67, 0x89, 0xab}},
        .at_ms = INT64_C(1792324800000),
        .from = "guichet@exemple.fr",
        .to = "ml.lauragais@exemple.org",
        .subject = "Nouveau besoin",
        .text = "Bonjour",
        .foot = "",
};

static char *compose(const struct mail *mail, struct arena *arena)
{
        struct slice message;
        struct err_info info = {0};
        if (mail_compose(mail, arena, &message, &info) != 0)
                fail_msg("%s", info.text);
        char *text = arena_alloc(arena, message.size + 1);
        memcpy(text, message.data, message.size);
        text[message.size] = '\0';
        return text;
}

static void test_headers(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        const char *text = compose(&good, &arena);
        static const char *const lines[] = {
                "Date: Sun, 18 Oct 2026 12:00:00 +0000\r\n",
                "From: Guichet <guichet@exemple.fr>\r\n",
                "To: <ml.lauragais@exemple.org>\r\n",
                "Subject: Nouveau besoin\r\n",
                "Message-ID: <0192f0c1-7a3b-7001-8f00-0123456789ab@exemple.fr>\r\n",
                "MIME-Version: 1.0\r\n",
                "Content-Type: text/plain; charset=UTF-8\r\n",
                "Content-Transfer-Encoding: base64\r\n",
                "Auto-Submitted: auto-generated\r\n",
        };
        for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
                if (strstr(text, lines[i]) == NULL)
                        fail_msg("no line %s in:\n%s", lines[i], text);
        assert_string_equal(compose(&good, &arena), text); /* the same bytes however often it is tried */
}

static void test_no_header_can_be_added(void **state)
{
        (void)state;
        static const char *const evil[] = {"a\r\nBcc: x@y.fr", "a\nBcc: x@y.fr", "a\rb", "a\x01", "\x7f", "\xff\xfe"};
        struct arena arena scoped(arena_fini) = {0};
        struct slice message = {0};
        struct err_info info;
        for (size_t i = 0; i < ARRAY_SIZE(evil); i++) {
                struct mail mail = good;
                mail.subject = evil[i];
                assert_int_equal(mail_compose(&mail, &arena, &message, &info), ERR_MALFORMED);
                mail = good;
                mail.to = arena_printf(&arena, "a@b.fr%s", evil[i]);
                assert_int_equal(mail_compose(&mail, &arena, &message, &info), ERR_MALFORMED);
                mail = good;
                mail.from = arena_printf(&arena, "%s@b.fr", evil[i]);
                assert_int_equal(mail_compose(&mail, &arena, &message, &info), ERR_MALFORMED);
        }
        struct mail mail = good;
        mail.text = "\xc3";
        assert_int_equal(mail_compose(&mail, &arena, &message, &info), ERR_MALFORMED);
        assert_int_equal(message.size, 0); /* untouched */
}

/* No line above the 78 of RFC 5322 (76 where there is an encoded word, RFC 2047), whatever is sent; every end CR LF. */
static void test_line_lengths(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        char subject[1200] = "", text[9000] = "";
        for (size_t i = 0; i + 1 < sizeof(subject) / 2; i++)
                memcpy(subject + 2 * i, "é", 3);
        for (size_t i = 0; i + 4 < sizeof(text); i += 3)
                memcpy(text + i, "…", 4);
        struct mail mail = good;
        for (size_t cut = 0; cut < 100; cut++) {
                mail.subject = subject + 2 * (cut * 5);
                mail.text = text + 3 * (cut * 20);
                size_t length = 0;
                for (const char *at = compose(&mail, &arena); *at != '\0'; at++) {
                        assert_true((unsigned char)*at < 0x80);
                        if (*at != '\n') {
                                assert_true(++length <= 77); /* 76 and its CR */
                                continue;
                        }
                        assert_true(length > 0 && at[-1] == '\r');
                        length = 0;
                }
        }
}

static void test_a_subject_that_looks_encoded_is_encoded(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct mail mail = good;
        mail.subject = "=?UTF-8?Q?=0D=0ABcc:?=";
        assert_null(strstr(compose(&mail, &arena), "=?UTF-8?Q?"));
}

static void test_addresses_are_hidden(void **state)
{
        (void)state;
        char words[] = "550 5.1.1 <marie.dupont@exemple.fr>: no such user (marie.dupont@exemple.fr), @ a@b";
        mail_hide_addresses(words);
        assert_string_equal(words, "550 5.1.1 ... no such user (...), @ ...");
        char none[] = "421 too many connections";
        mail_hide_addresses(none);
        assert_string_equal(none, "421 too many connections");
        char empty[] = "";
        mail_hide_addresses(empty);
        assert_string_equal(empty, "");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_addresses_are_hidden),
                cmocka_unit_test(test_headers),
                cmocka_unit_test(test_no_header_can_be_added),
                cmocka_unit_test(test_line_lengths),
                cmocka_unit_test(test_a_subject_that_looks_encoded_is_encoded),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
