/* guichet-table: the file on standard input, a list that somebody made with a spreadsheet, as JSON on standard output.
 * Exit code 0: it is (table_json.h); 1: it is no such list, and the output says in French why and what to do; anything
 * else: what it says counts for nothing. Started by the gateway (front/children.h), with nothing but the file. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "common/import/workbook.h"
#include "services/gateway/table/confine.h"
#include "services/gateway/table/table_json.h"

enum { DONE = 0, NO_LIST = 1, UNABLE = 2 };

static int say_no(const char *text)
{
        (void)printf("%s", text);
        return fflush(stdout) == 0 ? NO_LIST : UNABLE;
}

/* At most LIMIT_TABLE_BYTES of it, and one more where there are more. */
static struct slice read_file(struct arena *arena)
{
        char *bytes = arena_alloc(arena, LIMIT_TABLE_BYTES + 1);
        return slice_of(bytes, fread(bytes, 1, LIMIT_TABLE_BYTES + 1, stdin));
}

static int read_list(struct arena *arena, struct table *ret, struct err_info *info)
{
        struct slice bytes = read_file(arena);
        if (bytes.size > LIMIT_TABLE_BYTES)
                return err_set(info, ERR_TOO_LARGE, "plus de %d Mio", LIMIT_TABLE_BYTES >> 20);
        if (!workbook_is(bytes))
                return table_read(bytes, arena, ret, info);
        int spare = memfd_create("rows", MFD_CLOEXEC);
        if (spare < 0)
                return err_set(info, -errno, "%s", strerror(errno));
        return workbook_read(STDIN_FILENO, spare, arena, ret, info);
}

static int write_table(const struct table *table)
{
        json_t *json = table_json(table);
        size_t size = json_dumpb(json, NULL, 0, JSON_COMPACT);
        if (size > LIMIT_TABLE_BYTES - 1)
                return say_no("Ce fichier a trop de cellules : coupez-le en plusieurs.");
        bool done = json_dumpf(json, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF && fflush(stdout) == 0;
        json_decref(json);
        return done ? DONE : UNABLE;
}

int main(void)
{
        struct arena arena = {0};
        struct table table;
        struct err_info info = {0};
        char text[sizeof(info.text) + 64];
        bool closed;

        if (confine(&(struct confine_places){0}, &closed) != 0)
                return UNABLE;
        if (read_list(&arena, &table, &info) != 0) {
                (void)snprintf(text, sizeof(text), "Ce fichier n'a pas pu être lu : %s.", info.text);
                return say_no(text);
        }
        if (table_header(&table) == table.count)
                return say_no("Ce fichier ne contient aucune ligne : choisissez celui de votre liste.");
        int code = write_table(&table);
        arena_fini(&arena);
        return code;
}
