#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/lib/link_page.h"

#include <ctype.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"

enum { WAITS = 600, LOOK_EVERY_MS = 25, BODY_SIZE = 2048 };

struct visited link_page_get(uint16_t port, const char *path)
{
        const struct visitor_request request = {.method = "GET", .path = path};
        return visitor_ask(port, &request);
}

struct visited link_page_post(uint16_t port, const char *path, const char *body)
{
        const struct visitor_request request = {.method = "POST", .path = path, .headers = LINK_BROWSER, .body = body};
        return visitor_ask(port, &request);
}

bool link_page_shows(uint16_t port, const char *path, const char *text)
{
        struct visited visited scoped(visited_fini) = link_page_get(port, path);
        return strstr(visited.text, text) != NULL;
}

void link_page_wait(uint16_t port, const char *path, const char *text)
{
        for (int i = 0; i < WAITS; i++) {
                if (link_page_shows(port, path, text))
                        return;
                (void)poll(NULL, 0, LOOK_EVERY_MS);
        }
        struct visited visited scoped(visited_fini) = link_page_get(port, path);
        fail_msg("%s never shows: %s: %s", path, text, visited.text);
}

/* The figure that this word spells; '\0': none. */
static char figure_of(const char *word, size_t size)
{
        static const char *const words[] = {"zéro", "un",  "deux", "trois", "quatre",
                                            "cinq", "six", "sept", "huit",  "neuf"};
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
                if (strlen(words[i]) == size && strncmp(words[i], word, size) == 0)
                        return (char)('0' + i);
        return '\0';
}

static bool is_of_word(char c)
{
        return isalnum((unsigned char)c) || c == '-' || c == '_';
}

/* As a number of its own: ids and tokens hold any four figures now and then. */
static bool has_number(const char *text, const char *number)
{
        for (const char *at = strstr(text, number); at != NULL; at = strstr(at + 1, number))
                if ((at == text || !is_of_word(at[-1])) && !is_of_word(at[strlen(number)]))
                        return true;
        return false;
}

void link_page_number(uint16_t port, const char *path, const char *act, char ret[LINK_NUMBER_SIZE])
{
        char label[64];
        size_t count = 0;
        struct visited visited scoped(visited_fini) = link_page_get(port, path);
        (void)snprintf(label, sizeof(label), "<label for=\"%s-nombre\">", act);
        const char *at = strstr(visited.text, label);
        at = at == NULL ? NULL : strstr(at, "chiffres : ");
        if (at == NULL) {
                fail_msg("%s spells no number: %s", path, visited.text);
                return;
        }
        for (at += strlen("chiffres : "); *at != '<' && count < LINK_NUMBER_SIZE - 1; at += strspn(at, ", ")) {
                size_t size = strcspn(at, ",<");
                ret[count++] = figure_of(at, size);
                at += size;
        }
        ret[count] = '\0';
        assert_int_equal(strlen(ret), 4);
        assert_false(has_number(visited.body, ret)); /* a program that copies what it reads finds no figures */
}

void link_page_take(uint16_t port, const char *path, const char *mark, char *ret, size_t size)
{
        struct visited visited scoped(visited_fini) = link_page_get(port, path);
        const char *at = strstr(visited.text, mark);
        assert_non_null(at);
        at += strlen(mark);
        (void)snprintf(ret, size, "%.*s", (int)strcspn(at, "\""), at);
}

void link_page_act(uint16_t port, const char *path, const char *act, const char *fields, int status)
{
        char number[LINK_NUMBER_SIZE], seen[24], body[BODY_SIZE];
        link_page_number(port, path, act, number);
        link_page_take(port, path, "name=\"lu\" value=\"", seen, sizeof(seen));
        (void)snprintf(body, sizeof(body), "acte=%s&lu=%s&%s%snombre=%s", act, seen, fields,
                       fields[0] == '\0' ? "" : "&", number);
        struct visited visited scoped(visited_fini) = link_page_post(port, path, body);
        if (visited.status != status)
                fail_msg("%d: %s", visited.status, visited.text);
}
