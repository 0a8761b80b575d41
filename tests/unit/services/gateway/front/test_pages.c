/* The table of the page's files: types, tags, bounds, and that nothing else is in it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "services/gateway/front/pages.h"

static char directory[] = "/tmp/guichet-pages-XXXXXX";

static const char *const files[][2] = {
        {"index.html", "<p>bonjour</p>"},
        {"app.js", "1;"},
        {"app.css", ""},
        {"icon.svg", "<svg/>"},
        {"LICENCES.txt", "x"},
        {"data", "?"},
        {".hidden", "secret"},
        {"fonts/a.woff2", "f"},
};

static int make_files(void **state)
{
        char path[256];
        (void)state;
        assert_non_null(mkdtemp(directory));
        (void)snprintf(path, sizeof(path), "%s/fonts", directory);
        assert_int_equal(mkdir(path, 0700), 0);
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                (void)snprintf(path, sizeof(path), "%s/%s", directory, files[i][0]);
                FILE *file = fopen(path, "we");
                assert_non_null(file);
                assert_true(fputs(files[i][1], file) >= 0);
                assert_int_equal(fclose(file), 0);
        }
        return 0;
}

static int remove_files(void **state)
{
        char path[256];
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                (void)snprintf(path, sizeof(path), "%s/%s", directory, files[i][0]);
                (void)unlink(path);
        }
        (void)snprintf(path, sizeof(path), "%s/fonts", directory);
        (void)rmdir(path);
        return rmdir(directory);
}

static void test_table(void **state)
{
        (void)state;
        struct err_info info = {0};
        struct pages *pages = pages_load(directory, &info);
        static const char *const types[][2] = {
                {"/index.html", "text/html; charset=utf-8"},
                {"/app.js", "text/javascript; charset=utf-8"},
                {"/app.css", "text/css; charset=utf-8"},
                {"/icon.svg", "image/svg+xml"},
                {"/LICENCES.txt", "text/plain; charset=utf-8"},
                {"/data", "application/octet-stream"},
                {"/fonts/a.woff2", "font/woff2"},
        };
        assert_non_null(pages);
        assert_int_equal(pages_count(pages), ARRAY_SIZE(types));
        for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
                const struct page *page = pages_find(pages, types[i][0]);
                assert_non_null(page);
                assert_string_equal(page->type, types[i][1]);
        }
        assert_ptr_equal(pages_find(pages, "/"), pages_find(pages, "/index.html"));
        assert_true(slice_equal(pages_find(pages, "/")->body, slice_of_text("<p>bonjour</p>")));
        static const char *const outside[] = {
                "",        "index.html", "//index.html",         "/../",         "/fonts",
                "/fonts/", "/.hidden",   "/fonts/../index.html", "/index.html/", "/INDEX.HTML"};
        for (size_t i = 0; i < ARRAY_SIZE(outside); i++)
                assert_null(pages_find(pages, outside[i]));
        pages_free(pages);
}

static void test_tags(void **state)
{
        (void)state;
        struct err_info info = {0};
        struct pages *pages = pages_load(directory, &info);
        const struct page *index = pages_find(pages, "/"), *script = pages_find(pages, "/app.js");
        char several[200];

        assert_int_equal(strlen(index->etag), ETAG_SIZE - 1);
        assert_string_not_equal(index->etag, script->etag);
        assert_false(etag_is_known(index->etag, NULL));
        assert_false(etag_is_known(index->etag, ""));
        assert_false(etag_is_known(index->etag, script->etag));
        assert_true(etag_is_known(index->etag, index->etag));
        assert_true(etag_is_known(index->etag, "*"));
        (void)snprintf(several, sizeof(several), "%s, W/%s", script->etag, index->etag);
        assert_true(etag_is_known(index->etag, several));
        pages_free(pages);
}

static void test_no_directory(void **state)
{
        (void)state;
        struct err_info info = {0};
        assert_null(pages_load("/tmp/guichet-there-is-no-such-directory", &info));
        assert_non_null(strstr(info.text, "guichet-there-is-no-such-directory"));
        assert_null(pages_find(NULL, "/"));
}

/* A directory that is its own child by a link would never end. */
static void test_too_deep(void **state)
{
        (void)state;
        char path[256];
        struct err_info info = {0};
        (void)snprintf(path, sizeof(path), "%s/loop", directory);
        assert_int_equal(symlink(directory, path), 0);
        assert_null(pages_load(directory, &info));
        assert_int_equal(info.code, ERR_TOO_LARGE);
        assert_int_equal(unlink(path), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_table),
                cmocka_unit_test(test_tags),
                cmocka_unit_test(test_no_directory),
                cmocka_unit_test(test_too_deep),
        };
        return cmocka_run_group_tests(tests, make_files, remove_files);
}
