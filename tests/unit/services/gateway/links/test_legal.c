/* What is told to everybody: with what the operator has said, and without. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "services/gateway/links/conformity.h"
#include "services/gateway/links/legal.h"

#define UNSAID "l’exploitant de ce réseau ne l’a pas encore indiqué"

static struct arena arena;
static struct legal legal;

static int open_legal(void **state)
{
        struct err_info info;
        (void)state;
        retention_load("deploy/rules", "2026-12-01", &arena, &legal.retention);
        return about_load("deploy/demo/about.json", &arena, &legal.about, &info);
}

static int close_legal(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static const char *page(const struct legal *of, const char *name)
{
        struct html html = {.arena = &arena};
        assert_non_null(legal_title(name));
        legal_put(&html, of, name);
        html_put(&html, "%s", "");
        struct slice text = html_page(&html);
        return arena_printf(&arena, "%.*s", (int)text.size, (const char *)text.data);
}

static const char *const names[] = {"accessibilite", "mentions-legales", "donnees-personnelles", "aide"};

static void with_what_the_operator_has_said(void **state)
{
        const char *all = "";
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                const char *text = page(&legal, names[i]);
                assert_null(strstr(text, UNSAID));
                all = arena_printf(&arena, "%s%s", all, text);
        }
        for (int what = 0; what < ABOUT_COUNT; what++)
                assert_non_null(strstr(all, legal.about.texts[what]));
        assert_non_null(strstr(all, "<a href=\"mailto:aide@region-essai.example\">"));
        assert_null(strstr(all, "<script"));
}

static void without(void **state)
{
        static const struct legal nothing;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                assert_non_null(strstr(page(&nothing, names[i]), UNSAID));
        assert_null(legal_title(""));
        assert_null(legal_title("aide/"));
}

static void what_is_said_is_text(void **state)
{
        struct legal bad = {.about = {.texts = {[ABOUT_HELP_CONTACT] = "\"><script>@"}}};
        (void)state;
        assert_null(strstr(page(&bad, "aide"), "<script"));
}

static void the_foot_leads_to_all(void **state)
{
        struct html html = {.arena = &arena};
        (void)state;
        legal_put_foot(&html);
        struct slice text = html_page(&html);
        const char *foot = arena_printf(&arena, "%.*s", (int)text.size, (const char *)text.data);
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                assert_non_null(strstr(foot, arena_printf(&arena, "href=\"/a-propos/%s\"", names[i])));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(with_what_the_operator_has_said),
                cmocka_unit_test(without),
                cmocka_unit_test(what_is_said_is_text),
                cmocka_unit_test(the_foot_leads_to_all),
        };
        return cmocka_run_group_tests(tests, open_legal, close_legal);
}
