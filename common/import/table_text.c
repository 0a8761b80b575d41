#include "common/import/table_text.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"

/* ---- encodings */

struct mark {
        const char *bytes;
        size_t size;
        const char *encoding; /* as iconv() names it */
        const char *name;
};

static const struct mark marks[] = {
        {"\xef\xbb\xbf", 3, NULL, "UTF-8"},
        {"\xff\xfe", 2, "UTF-16LE", "UTF-16"},
        {"\xfe\xff", 2, "UTF-16BE", "UTF-16"},
};

static const struct mark *mark_of(struct slice bytes)
{
        for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
                if (slice_starts_with(bytes, slice_of(marks[i].bytes, marks[i].size)))
                        return &marks[i];
        return NULL;
}

bool table_has_mark(struct slice bytes)
{
        return mark_of(bytes) != NULL;
}

/* In the arena. What stands for nothing becomes "?". */
static struct slice to_utf8(struct slice bytes, const char *encoding, struct arena *arena)
{
        enum { GROWTH_MAX = 3 }; /* one byte of Windows-1252, two of UTF-16 become three at most */
        iconv_t converter = iconv_open("UTF-8", encoding);
        require(converter != (iconv_t)-1); /* the C library has these two */
        char *text = arena_alloc(arena, bytes.size * GROWTH_MAX + 1);
        char *in = (char *)(uintptr_t)bytes.data, *out = text;
        size_t in_left = bytes.size, out_left = bytes.size * GROWTH_MAX;
        size_t unit = encoding[0] == 'U' ? 2 : 1;

        while (in_left > 0 && iconv(converter, &in, &in_left, &out, &out_left) == (size_t)-1) {
                require(errno == EILSEQ || errno == EINVAL);
                size_t skipped = in_left < unit ? in_left : unit;
                in += skipped;
                in_left -= skipped;
                *out++ = '?';
                out_left--;
        }
        require(iconv_close(converter) == 0);
        return slice_of(text, (size_t)(out - text));
}

/* "\r\n" and "\r" become "\n", in place. */
static struct slice plain_lines(char *text, size_t size)
{
        size_t used = 0;
        for (size_t i = 0; i < size; i++) {
                if (text[i] == '\r' && i + 1 < size && text[i + 1] == '\n')
                        continue;
                text[used++] = text[i] == '\r' ? '\n' : text[i];
        }
        text[used] = '\0';
        return slice_of(text, used);
}

/* What is no text at all, by its first bytes or a zero byte inside. 0: it may be one. */
static int check_text(struct slice bytes, struct err_info *info)
{
        static const struct {
                const char *start;
                const char *what;
        } known[] = {
                {"PK\x03\x04", "c'est un classeur ou une archive : donnez-le avec l'extension .xlsx"},
                {"\xd0\xcf\x11\xe0", "c'est un classeur d'un ancien format (.xls) : enregistrez-le en .xlsx ou en CSV"},
                {"%PDF", "c'est un PDF : demandez la liste en tableur"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(known); i++)
                if (slice_starts_with(bytes, slice_of_text(known[i].start)))
                        return err_set(info, ERR_MALFORMED, "%s", known[i].what);
        if (bytes.size > 0 && memchr(bytes.data, '\0', bytes.size) != NULL)
                return err_set(info, ERR_MALFORMED, "ce n'est pas un texte : enregistrez la liste en CSV ou en .xlsx");
        return 0;
}

int table_plain_text(struct slice bytes, struct arena *arena, struct slice *ret_text, const char **ret_encoding,
                     struct err_info *info)
{
        const struct mark *mark = mark_of(bytes);
        const char *encoding = "UTF-8";

        if (mark != NULL) {
                bytes = slice_of(bytes.data + mark->size, bytes.size - mark->size);
                encoding = mark->name;
                if (mark->encoding != NULL)
                        bytes = to_utf8(bytes, mark->encoding, arena);
        }
        int err = check_text(bytes, info);
        if (err != 0)
                return err;
        if (!utf8_valid((const char *)bytes.data, bytes.size)) {
                bytes = to_utf8(bytes, "WINDOWS-1252", arena);
                encoding = "Windows-1252";
        }
        char *copy = arena_alloc(arena, bytes.size + 1);
        if (bytes.size > 0)
                memcpy(copy, bytes.data, bytes.size);
        *ret_text = plain_lines(copy, bytes.size);
        *ret_encoding = encoding;
        return 0;
}

/* ---- separators */

enum { LOOKED_AT_MAX = 64 * 1024, ROWS_LOOKED_AT = 50, COUNT_MAX = 200 };

/* How many rows have so many separators, quoted ones left out. */
static void count_rows(struct slice text, char separator, uint32_t rows_with[COUNT_MAX])
{
        size_t count = 0, rows = 0;
        bool quoted = false;
        for (size_t i = 0; i < text.size && i < LOOKED_AT_MAX && rows < ROWS_LOOKED_AT; i++) {
                char c = (char)text.data[i];
                quoted = quoted != (c == '"');
                count += !quoted && c == separator;
                if ((c != '\n' || quoted) && i + 1 < text.size)
                        continue;
                if (count < COUNT_MAX)
                        rows_with[count]++;
                count = 0;
                rows++;
        }
}

char table_separator(struct slice text)
{
        static const char separators[] = {';', '\t', ','};
        char best = ';';
        size_t best_score = 0;
        for (size_t i = 0; i < sizeof(separators); i++) {
                uint32_t rows_with[COUNT_MAX] = {0};
                count_rows(text, separators[i], rows_with);
                for (size_t count = 1; count < COUNT_MAX; count++)
                        /* that rows agree tells more than how many cells they have */
                        if ((size_t)rows_with[count] * rows_with[count] * count > best_score) {
                                best_score = (size_t)rows_with[count] * rows_with[count] * count;
                                best = separators[i];
                        }
        }
        return best;
}
