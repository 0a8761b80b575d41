#include "common/import/workbook.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/base/run_program.h"

/* What stands before each sheet's name and rows: no XML can hold that character, so no cell does. xlsx2csv takes its
 * number. */
#define MARK "x31"
enum { MARK_CHARACTER = 31 };

bool workbook_is(struct slice start)
{
        return slice_starts_with(start, slice_of_text("PK\x03\x04"));
}

/* Days come as a spreadsheet's numbers, which the daemon understands: xlsx2csv takes a format like 0" mois" for one. */
static bool convert_all(int file, int spare)
{
        const char *const argv[] = {"xlsx2csv",         "-a",   "-p",   MARK, "--exclude_hidden_sheets", "-d", ",",
                                    "--ignore-formats", "date", "time", "--", "/proc/self/fd/0",         NULL};
        return run_program(argv, file, spare) == 0;
}

/* The first sheet alone: of a book that has one beside it which is no table, as a chart is none. */
static bool convert_first(int file, int spare)
{
        const char *const argv[] = {"xlsx2csv",        "-d", ",", "--ignore-formats", "date", "time", "--",
                                    "/proc/self/fd/0", NULL};
        return ftruncate(spare, 0) == 0 && lseek(spare, 0, SEEK_SET) == 0 && lseek(file, 0, SEEK_SET) == 0 &&
               run_program(argv, file, spare) == 0;
}

static int map(int spare, struct workbook *ret, struct err_info *info)
{
        struct stat about;
        if (fstat(spare, &about) != 0)
                return err_set(info, -errno, "%s", strerror(errno));
        if (about.st_size == 0)
                return 0;
        void *mapped = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, spare, 0);
        if (mapped == MAP_FAILED)
                return err_set(info, -errno, "%s", strerror(errno));
        ret->mapped = mapped;
        ret->size = (size_t)about.st_size;
        return 0;
}

static const uint8_t *next_mark(const uint8_t *at, const uint8_t *end)
{
        const uint8_t *mark = at < end ? memchr(at, MARK_CHARACTER, (size_t)(end - at)) : NULL;
        return mark == NULL ? end : mark;
}

/* " 2 - Programme\n" -> its name and what follows. */
static struct workbook_sheet sheet_of(struct slice text, struct arena *arena)
{
        const char *start = (const char *)text.data, *end = memchr(start, '\n', text.size);
        size_t line = end == NULL ? text.size : (size_t)(end - start);
        const char *dash = memmem(start, line, " - ", 3);
        size_t named_at = dash == NULL ? line : (size_t)(dash - start) + 3;
        size_t rows_at = line < text.size ? line + 1 : line;

        return (struct workbook_sheet){
                arena_printf(arena, "%.*s", (int)(line - named_at), start + named_at),
                slice_of(text.data + rows_at, text.size - rows_at),
        };
}

static void split(struct workbook *book, struct arena *arena)
{
        const uint8_t *at = book->mapped, *end = at + book->size;
        for (at = next_mark(at, end); at < end && book->count < WORKBOOK_SHEETS_MAX;) {
                const uint8_t *next = next_mark(at + 1, end);
                book->sheets[book->count++] = sheet_of(slice_of(at + 1, (size_t)(next - at - 1)), arena);
                at = next;
        }
}

int workbook_open(int file, int spare, struct arena *arena, struct workbook *ret, struct err_info *info)
{
        struct workbook book = {0};
        bool is_whole = convert_all(file, spare);
        if (!is_whole && !convert_first(file, spare))
                return err_set(info, ERR_MALFORMED,
                               "xlsx2csv ne peut pas lire ce classeur ; vérifiez que le paquet « xlsx2csv » est "
                               "installé, ou enregistrez la liste en CSV");
        int err = map(spare, &book, info);
        if (err == 0 && is_whole && book.size > 0)
                split(&book, arena);
        else if (err == 0 && !is_whole)
                book.sheets[book.count++] = (struct workbook_sheet){"", slice_of(book.mapped, book.size)};
        if (err == 0 && book.count == 0)
                err = err_set(info, ERR_MALFORMED, "toutes les feuilles de ce classeur sont masquées ou vides");
        if (err == 0)
                *ret = book;
        else
                workbook_close(&book);
        return err;
}

void workbook_close(struct workbook *book)
{
        if (book->mapped != NULL)
                require(munmap(book->mapped, book->size) == 0);
        *book = (struct workbook){0};
}

int workbook_table(const struct workbook *book, size_t sheet, struct arena *arena, struct table *ret,
                   struct err_info *info)
{
        require(sheet < book->count);
        int err = table_read(book->sheets[sheet].text, arena, ret, info);
        if (err != 0)
                return err;
        ret->separator = ';'; /* what is handed back, a French spreadsheet opens as it is */
        ret->has_mark = true;
        return 0;
}

/* The first that names three columns; *ret is then its table. */
static bool find_list(const struct workbook *book, struct arena *arena, struct table *ret)
{
        enum { COLUMNS_OF_A_LIST = 3 };
        for (size_t i = 0; i < book->count; i++) {
                struct err_info ignored;
                if (workbook_table(book, i, arena, ret, &ignored) == 0 && table_names_columns(ret, COLUMNS_OF_A_LIST))
                        return true;
        }
        return false;
}

int workbook_read(int file, int spare, struct arena *arena, struct table *ret, struct err_info *info)
{
        struct workbook book;
        int err = workbook_open(file, spare, arena, &book, info);
        if (err != 0)
                return err;
        if (book.count == 1 || !find_list(&book, arena, ret))
                err = workbook_table(&book, 0, arena, ret, info);
        workbook_close(&book);
        return err;
}
