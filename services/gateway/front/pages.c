#include "services/gateway/front/pages.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/arena.h"
#include "common/base/require.h"
#include "services/gateway/front/encoding.h"

struct pages {
        struct arena arena;
        struct page items[PAGES_MAX];
        size_t count;
        size_t bytes;
};

static const char *type_of(const char *path)
{
        static const struct {
                const char *suffix;
                const char *type;
        } rows[] = {
                {".html", "text/html; charset=utf-8"},
                {".js", "text/javascript; charset=utf-8"},
                {".css", "text/css; charset=utf-8"},
                {".svg", "image/svg+xml"},
                {".json", "application/json; charset=utf-8"},
                {".txt", "text/plain; charset=utf-8"},
                {".png", "image/png"},
                {".ico", "image/x-icon"},
                {".woff2", "font/woff2"},
        };
        size_t length = strlen(path);
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                size_t suffix = strlen(rows[i].suffix);
                if (length > suffix && strcmp(path + length - suffix, rows[i].suffix) == 0)
                        return rows[i].type;
        }
        return "application/octet-stream";
}

/* The others are compressed already. */
static bool is_text(const char *type)
{
        return strstr(type, "charset") != NULL || strcmp(type, "image/svg+xml") == 0;
}

static void close_file(FILE **file)
{
        if (*file != NULL)
                (void)fclose(*file);
}

static int load_file(struct pages *pages, const char *file_path, const char *path, size_t size, struct err_info *info)
{
        scoped(close_file) FILE *file = fopen(file_path, "rb");

        if (pages->count == PAGES_MAX || size > PAGES_BYTES_MAX - pages->bytes)
                return err_set(info, ERR_TOO_LARGE, "web: more than %d files or %d bytes", PAGES_MAX, PAGES_BYTES_MAX);
        uint8_t *body = arena_alloc(&pages->arena, size + 1);
        if (file == NULL || fread(body, 1, size, file) != size)
                return err_set(info, -errno, "web: cannot read %s: %s", file_path, strerror(errno));
        struct page *page = &pages->items[pages->count++];
        page->path = arena_text(&pages->arena, path);
        page->type = type_of(path);
        page->body = slice_of(body, size);
        if (is_text(page->type))
                page->squeezed = encoding_gzip(page->body, ENCODING_LEVEL_ONCE, &pages->arena);
        etag_make(page->body, slice_of(NULL, 0), page->etag);
        pages->bytes += size;
        return 0;
}

static int load_directory(struct pages *pages, const char *directory, const char *path, int depth,
                          struct err_info *info);

static int load_entry(struct pages *pages, const char *file_path, const char *path, int depth, struct err_info *info)
{
        struct stat status;
        if (stat(file_path, &status) != 0)
                return 0; /* gone since it was listed */
        if (S_ISDIR(status.st_mode))
                return load_directory(pages, file_path, path, depth + 1, info);
        return S_ISREG(status.st_mode) ? load_file(pages, file_path, path, (size_t)status.st_size, info) : 0;
}

static int load_directory(struct pages *pages, const char *directory, const char *path, int depth,
                          struct err_info *info)
{
        struct dirent **entries;
        int err = 0;

        if (depth > PAGES_DEPTH_MAX)
                return err_set(info, ERR_TOO_LARGE, "web: %s is too deep", directory);
        int count = scandir(directory, &entries, NULL, alphasort);
        if (count < 0)
                return err_set(info, -errno, "web: cannot read %s: %s", directory, strerror(errno));
        for (int i = 0; i < count; i++) {
                if (err == 0 && entries[i]->d_name[0] != '.') { /* ".", "..", and what a tool hid */
                        char *file_path = arena_printf(&pages->arena, "%s/%s", directory, entries[i]->d_name);
                        char *page_path = arena_printf(&pages->arena, "%s/%s", path, entries[i]->d_name);
                        err = load_entry(pages, file_path, page_path, depth, info);
                }
                free(entries[i]);
        }
        free(entries);
        return err;
}

static int by_path(const void *a, const void *b)
{
        return strcmp(((const struct page *)a)->path, ((const struct page *)b)->path);
}

struct pages *pages_load(const char *directory, struct err_info *info)
{
        struct pages *pages = calloc(1, sizeof(*pages));
        require(pages != NULL);
        if (load_directory(pages, directory, "", 0, info) != 0) {
                pages_free(pages);
                return NULL;
        }
        qsort(pages->items, pages->count, sizeof(pages->items[0]), by_path);
        return pages;
}

void pages_free(struct pages *pages)
{
        if (pages == NULL)
                return;
        arena_fini(&pages->arena);
        free(pages);
}

size_t pages_count(const struct pages *pages)
{
        return pages->count;
}

const struct page *pages_find(const struct pages *pages, const char *path)
{
        const struct page wanted = {.path = strcmp(path, "/") == 0 ? "/index.html" : path};
        if (pages == NULL)
                return NULL;
        return bsearch(&wanted, pages->items, pages->count, sizeof(pages->items[0]), by_path);
}
