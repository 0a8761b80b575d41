#include "common/base/log.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/text.h"

enum { CAPTURE_SIZE = 8192 };

static char captured[CAPTURE_SIZE];

/* Standard error goes to a file while `speak` runs; what was written stands in `captured`. */
static void capture(void (*speak)(void))
{
        FILE *file = tmpfile();
        assert_non_null(file);
        (void)fflush(stderr);
        int saved = dup(STDERR_FILENO);
        assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
        speak();
        assert_true(dup2(saved, STDERR_FILENO) >= 0);
        (void)close(saved);
        assert_true(lseek(fileno(file), 0, SEEK_SET) == 0);
        ssize_t size = read(fileno(file), captured, sizeof(captured) - 1);
        assert_true(size >= 0);
        captured[size] = '\0';
        (void)fclose(file);
}

/* One line, an object whose text fields are closed: enough of JSON to catch what quoting can break. */
static void assert_one_json_object(const char *line)
{
        size_t size = strlen(line);
        int in_text = 0;

        assert_true(size > 3 && line[0] == '{' && line[size - 2] == '}' && line[size - 1] == '\n');
        assert_true(utf8_valid(line, size));
        for (size_t i = 0; i < size - 1; i++) {
                assert_true((unsigned char)line[i] >= 0x20);
                if (in_text && line[i] == '\\')
                        i++;
                else if (line[i] == '"')
                        in_text = !in_text;
                else if (!in_text)
                        assert_non_null(strchr("{}:,", line[i]));
        }
        assert_false(in_text);
}

static void speak_plainly(void)
{
        log_open("tracking-31", LOG_INFO);
        log_line(LOG_WARN, "batch", "%d commandes", 12);
}

static void a_line_is_one_object(void **state)
{
        (void)state;
        capture(speak_plainly);
        assert_one_json_object(captured);
        assert_non_null(strstr(captured, "\"level\":\"warn\",\"instance\":\"tracking-31\",\"event\":\"batch\","
                                         "\"detail\":\"12 commandes\"}"));
        assert_memory_equal(captured, "{\"at\":\"20", 9);
}

static void speak_low(void)
{
        log_open("a", LOG_WARN);
        log_line(LOG_DEBUG, "no", "no");
        log_line(LOG_INFO, "no", "no");
        log_line(LOG_ERROR, "yes", "yes");
}

static void what_is_below_the_level_is_silent(void **state)
{
        (void)state;
        capture(speak_low);
        assert_one_json_object(captured);
        assert_non_null(strstr(captured, "\"level\":\"error\""));
        assert_null(strstr(captured, "\"no\""));
}

static void speak_quotes(void)
{
        log_open("a\"b", LOG_INFO);
        log_line(LOG_INFO, "e\\v", "%s", "dit \"oui\"\n\ttout \\ de suite\x01");
}

static void quotes_and_controls_are_escaped(void **state)
{
        (void)state;
        capture(speak_quotes);
        assert_one_json_object(captured);
        assert_non_null(strstr(captured, "dit \\\"oui\\\"\\u000a\\u0009tout \\\\ de suite\\u0001"));
        assert_non_null(strstr(captured, "a\\\"b"));
}

static void speak_at_length(void)
{
        char text[2000];
        for (size_t i = 0; i + 2 < sizeof(text); i += 2)
                memcpy(text + i, "é", 2);
        text[sizeof(text) - 2] = '\0';
        log_open(text, LOG_INFO);
        log_line(LOG_INFO, text, "%s", text);
}

static void a_long_line_is_cut_and_stays_an_object(void **state)
{
        (void)state;
        capture(speak_at_length);
        assert_one_json_object(captured);
        assert_true(strlen(captured) <= 1024);
        assert_non_null(strstr(captured, "\"detail\":\"é"));
}

static void speak_controls_at_length(void)
{
        char text[2000];
        memset(text, 1, sizeof(text) - 1);
        text[sizeof(text) - 1] = '\0';
        log_open("a", LOG_INFO);
        log_line(LOG_INFO, text, "%s", text);
}

static void escapes_are_never_cut_in_two(void **state)
{
        (void)state;
        capture(speak_controls_at_length);
        assert_one_json_object(captured);
        assert_true(strlen(captured) <= 1024);
}

static void speak_latin1(void)
{
        log_open("a", LOG_INFO);
        log_line(LOG_INFO, "file", "%s", "d\xe9p\xf4t");
}

static void what_is_not_utf8_becomes_a_question_mark(void **state)
{
        (void)state;
        capture(speak_latin1);
        assert_one_json_object(captured);
        assert_non_null(strstr(captured, "\"d?p?t\""));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_line_is_one_object),
                cmocka_unit_test(what_is_below_the_level_is_silent),
                cmocka_unit_test(quotes_and_controls_are_escaped),
                cmocka_unit_test(a_long_line_is_cut_and_stays_an_object),
                cmocka_unit_test(escapes_are_never_cut_in_two),
                cmocka_unit_test(what_is_not_utf8_becomes_a_question_mark),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
