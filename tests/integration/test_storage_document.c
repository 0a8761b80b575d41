/* docs/STORAGE.md says what stands in the stores: the key of every row of every table, and the values that are ids,
 * numbers or structs, are as its row of the document has them. The rows are those of the six daemons after plausible
 * requests. In the document a part of a key is "… id", "… u32", "… text"; "then …" is as long as it may be. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/local_time.h"
#include "tests/lib/insiders.h"

enum { ROUNDS = 250, PARTS_MAX = 12, CELL_SIZE = 512, TABLES_SEEN_MIN = 80, ANY = -1, TEXT = -2 };

static struct plausible pool;
static struct arena kept;
static char *document;

/* ---- the document */

/* The row of a table in the section of its store: its cells, from the key on. NULL: there is none. */
static const char *row_of(const char *service, const char *table)
{
        char heading[64], row[80];
        (void)snprintf(heading, sizeof(heading), "\n## %s\n", service);
        (void)snprintf(row, sizeof(row), "\n| `%s` |", table);
        const char *section = strstr(document, heading);
        const char *end = section == NULL ? NULL : strstr(section + 1, "\n## ");
        const char *found = section == NULL ? NULL : strstr(section, row);
        if (found == NULL || end == NULL || found > end)
                return NULL;
        return strchr(found + strlen(row), '|') + 1; /* behind its kind */
}

/* Cell number `n` without what stands in brackets, up to the words that explain it. */
static void cell_of(const char *row, int n, char ret_cell[CELL_SIZE])
{
        size_t size = 0;
        while (n-- > 0)
                row = strchr(row, '|') + 1;
        for (; *row != '|' && *row != ';' && *row != ':' && strncmp(row, ". ", 2) != 0; row++)
                if (*row == '(')
                        row = strchr(row, ')');
                else if (size + 1 < CELL_SIZE)
                        ret_cell[size++] = *row;
        ret_cell[size] = '\0';
}

static bool has_word(const char *part, const char *word)
{
        for (const char *at = part; (at = strstr(at, word)) != NULL; at++) {
                bool begins = at == part || at[-1] == ' ';
                if (begins && strchr(" ,", at[strlen(word)]) != NULL)
                        return true;
        }
        return false;
}

/* How long a part is; 0: it only explains. */
static int part_size(const char *part)
{
        static const struct {
                const char *word;
                int size;
        } words[] = {{"u8", 1},  {"u32", 4}, {"i32", 4},          {"u64", 8},
                     {"i64", 8}, {"id", 16}, {"BLAKE2b-256", 32}, {"text", TEXT}};
        if (strncmp(part + strspn(part, " "), "then ", 5) == 0)
                return ANY;
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
                if (has_word(part, words[i].word))
                        return words[i].size;
        return 0;
}

/* Of a cell. `ret` ends with 0. */
static void parts_of(const char *cell, int ret[PARTS_MAX + 1])
{
        char text[CELL_SIZE], *rest = NULL;
        size_t count = 0;
        (void)snprintf(text, sizeof(text), "%s", cell);
        for (char *part = strtok_r(text, ",", &rest); part != NULL; part = strtok_r(NULL, ",", &rest))
                if (part_size(part) != 0 && count < PARTS_MAX)
                        ret[count++] = part_size(part);
        ret[count] = 0;
}

/* ---- the stores */

static bool fits(struct slice bytes, const int *parts)
{
        size_t size = *parts > 0 ? (size_t)*parts : 0;
        if (*parts == 0)
                return bytes.size == 0;
        if (*parts == ANY) {
                for (size_t n = 0; n <= bytes.size; n++)
                        if (fits(slice_of(bytes.data + n, bytes.size - n), parts + 1))
                                return true;
                return false;
        }
        if (*parts == TEXT) {
                const uint8_t *end = memchr(bytes.data, '\0', bytes.size);
                if (end == NULL)
                        return false;
                size = (size_t)(end - bytes.data) + 1;
        }
        return size <= bytes.size && fits(slice_of(bytes.data + size, bytes.size - size), parts + 1);
}

/* Only what the cell begins with tells: nothing (a dash), a struct's size, or parts as of a key. */
static bool value_fits(struct slice value, const char *row)
{
        char cell[CELL_SIZE];
        int parts[PARTS_MAX + 1];
        cell_of(row, 1, cell);
        if (strncmp(cell, " –", strlen(" –")) == 0)
                return value.size == 0;
        const char *bytes = strncmp(cell, " `struct ", 9) == 0 ? strstr(cell, "`, ") : NULL;
        if (bytes != NULL)
                return value.size == strtoul(bytes + 3, NULL, 10);
        parts_of(cell, parts);
        return parts[0] == 0 || fits(value, parts);
}

/* How many rows it looked at. */
static size_t look_at(const struct service_spec *spec, struct txn *txn, size_t table)
{
        char cell[CELL_SIZE];
        int parts[PARTS_MAX + 1];
        size_t rows = 0;
        const char *name = spec->tables[table].name, *row = row_of(spec->name, name);
        if (row == NULL)
                fail_msg("docs/STORAGE.md has no %s of %s", name, spec->name);
        cell_of(row, 0, cell);
        parts_of(cell, parts);
        struct scan scan = scan_prefix(txn, RUNTIME_TABLES + table, slice_of(NULL, 0));
        for (; scan_next(&scan); rows++) {
                if (!fits(scan.key, parts))
                        fail_msg("%s of %s: a key of %zu bytes is not \"%s\"", name, spec->name, scan.key.size, cell);
                if (!value_fits(scan.value, row))
                        fail_msg("%s of %s: a value of %zu bytes is none of the document's", name, spec->name,
                                 scan.value.size);
        }
        scan_end(&scan);
        return rows;
}

static void stores_are_as_the_document_says(void **state)
{
        size_t rows = 0, seen = 0, tables = 0;
        (void)state;
        for (size_t d = 0; d < DAEMONS; d++) {
                struct txn *txn = txn_begin_read(engine_store(daemons[d].engine), NULL);
                assert_non_null(txn);
                for (size_t table = 0; table < daemons[d].spec->table_count; table++, tables++) {
                        size_t looked_at = look_at(daemons[d].spec, txn, table);
                        if (looked_at == 0)
                                (void)printf("# no row in %s of %s\n", daemons[d].spec->tables[table].name,
                                             daemons[d].spec->name);
                        rows += looked_at;
                        seen += looked_at > 0;
                }
                txn_end_read(txn);
        }
        (void)printf("# %zu rows in %zu tables of %zu\n", rows, seen, tables);
        assert_true(seen >= TABLES_SEEN_MIN);
}

static char *read_document(void)
{
        enum { DOCUMENT_MAX = 256 * 1024 };
        FILE *file = fopen("docs/STORAGE.md", "r");
        require(file != NULL);
        char *text = arena_zalloc(&kept, DOCUMENT_MAX);
        require(fread(text, 1, DOCUMENT_MAX - 1, file) > 0 && feof(file) != 0);
        (void)fclose(file);
        return text;
}

static int open_all(void **state)
{
        (void)state;
        document = read_document();
        daemons_open(DAEMONS_MAP_BYTES);
        methods_list();
        pool.seed = 20261128;
        pool.today = local_day("", daemons_world.now_ms_value);
        (void)organisations_put(&pool, &kept);
        struct growth growth = {.pool = &pool, .rounds = ROUNDS};
        (void)printf("# %zu granted", insiders_grow(&growth));
        growth.are_private = true;
        (void)printf(", %zu more\n", insiders_grow(&growth));
        daemons_follow();
        return 0;
}

static int close_all(void **state)
{
        (void)state;
        daemons_close();
        arena_fini(&kept);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(stores_are_as_the_document_says)};
        return cmocka_run_group_tests(tests, open_all, close_all);
}
