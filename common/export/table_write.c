#include "common/export/table_write.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/require.h"

/* Blanks at either end of a cell that is not quoted are taken for none of it. */
static bool has_blank_end(const char *cell)
{
        size_t size = strlen(cell);
        return size > 0 && (strchr(" \t", cell[0]) != NULL || strchr(" \t", cell[size - 1]) != NULL);
}

/* A row as UTF-8, quoted. In the arena. */
static char *text_of_row(const struct table_writer *writer, char *const *cells, size_t count, struct arena *arena)
{
        /* Any separator, or whoever reads it again could take another for it. */
        const char special[] = {'"', '\r', '\n', ';', ',', '\t', writer->separator, '\0'};
        size_t size = 3;
        for (size_t i = 0; i < count; i++)
                size += 2 * strlen(cells[i]) + 3;
        char *text = arena_alloc(arena, size), *at = text;
        for (size_t i = 0; i < count; i++) {
                bool quoted = strpbrk(cells[i], special) != NULL || has_blank_end(cells[i]);
                if (i > 0)
                        *at++ = writer->separator;
                if (quoted)
                        *at++ = '"';
                for (const char *c = cells[i]; *c != '\0'; c++) {
                        if (*c == '"')
                                *at++ = '"';
                        *at++ = *c;
                }
                if (quoted)
                        *at++ = '"';
        }
        memcpy(at, "\r\n", 3);
        return text;
}

static void write_encoded(FILE *out, const char *encoding, char *text)
{
        iconv_t converter = iconv_open(encoding, "UTF-8");
        require(converter != (iconv_t)-1); /* the C library has these two */
        char piece[1024], *in = text;
        size_t left = strlen(text);
        while (left > 0) {
                char *to = piece;
                size_t room = sizeof(piece) - 4;
                if (iconv(converter, &in, &left, &to, &room) == (size_t)-1 && errno != E2BIG) {
                        char *question = (char[]){"?"};
                        size_t one = 1, skipped = 1;
                        while (skipped < left && ((unsigned char)in[skipped] & 0xc0) == 0x80)
                                skipped++;
                        in += skipped;
                        left -= skipped;
                        room = 4; /* kept free for it */
                        require(iconv(converter, &question, &one, &to, &room) == 0);
                }
                (void)fwrite(piece, 1, (size_t)(to - piece), out);
        }
        require(iconv_close(converter) == 0);
}

static const char *iconv_name(const char *encoding)
{
        return strcmp(encoding, "UTF-16") == 0 ? "UTF-16LE" : strcmp(encoding, "UTF-8") == 0 ? NULL : encoding;
}

int table_write_row(struct table_writer *writer, char *const *cells, size_t count)
{
        scoped(arena_fini) struct arena arena = {0};
        const char *encoding = iconv_name(writer->encoding);
        char *text = text_of_row(writer, cells, count, &arena);

        errno = 0;
        if (!writer->is_begun && writer->has_mark)
                (void)fputs(encoding == NULL ? "\xef\xbb\xbf" : "\xff\xfe", writer->out);
        writer->is_begun = true;
        if (encoding == NULL)
                (void)fputs(text, writer->out);
        else
                write_encoded(writer->out, encoding, text);
        return ferror(writer->out) != 0 ? -(errno != 0 ? errno : EIO) : 0;
}
