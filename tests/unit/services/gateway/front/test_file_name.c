/* What a title becomes as the name of a file: nothing of it may be read as a path, a quote or a header. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "services/gateway/front/file_name.h"

static struct arena arena;

static void test_names(void **state)
{
        (void)state;
        static const struct {
                const char *title, *wanted;
        } rows[] = {
                {"Contrat de Zoé",
                 "attachment; filename=\"Contrat-de-Zo_.pdf\"; filename*=UTF-8''Contrat%20de%20Zo%C3%A9.pdf"},
                {"../../etc/passwd", "attachment; filename=\"etc-passwd.pdf\"; filename*=UTF-8''etc%20passwd.pdf"},
                {"a\"; filename=\"b\r\nSet-Cookie: c",
                 "attachment; filename=\"a-filename_-b-Set-Cookie-c.pdf\"; filename*=UTF-8''a%20filename%3D%20b%20Set-Cookie%20c.pdf"},
                {" . ", "attachment; filename=\"document.pdf\"; filename*=UTF-8''document.pdf"},
                {"\xff", "attachment; filename=\"document.pdf\"; filename*=UTF-8''document.pdf"},
                {"", "attachment; filename=\"document.pdf\"; filename*=UTF-8''document.pdf"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                assert_string_equal(file_disposition(rows[i].title, "pdf", &arena), rows[i].wanted);
        }
}

static void test_a_long_one_is_cut_between_characters(void **state)
{
        (void)state;
        char title[1000];
        for (size_t i = 0; i + 2 < sizeof(title); i += 2)
                memcpy(title + i, "é", 3);
        const char *said = file_disposition(title, "png", &arena);
        const char *star = strstr(said, "UTF-8''");
        assert_int_equal(strlen(star), strlen("UTF-8''") + FILE_NAME_CHARACTERS_MAX * 6 + strlen(".png"));
}

static int fini(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_names),
                cmocka_unit_test(test_a_long_one_is_cut_between_characters),
        };
        return cmocka_run_group_tests(tests, NULL, fini);
}
