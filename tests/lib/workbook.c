#include "tests/lib/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/base/require.h"
#include "common/base/run_program.h"

#define MAIN    "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define TYPE    "application/vnd.openxmlformats-officedocument.spreadsheetml."

static void run(const char *script, const char *directory, const char *path)
{
        const char *const argv[] = {"sh", "-e", "-c", script, directory, path, NULL};
        require(run_program(argv, -1, -1) == 0);
}

static FILE *open_part(struct arena *arena, const char *directory, const char *name)
{
        FILE *out = fopen(arena_printf(arena, "%s/%s", directory, name), "we");
        require(out != NULL);
        (void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", out);
        return out;
}

static void write_sheet(FILE *out, char *rows, size_t blanks)
{
        int number = 1;
        (void)fprintf(out, "<worksheet xmlns=\"" MAIN "\"><sheetData>");
        for (char *row; (row = strsep(&rows, "\n")) != NULL; number++) {
                char column = 'A';
                (void)fprintf(out, "<row r=\"%d\">", number);
                for (char *cell; (cell = strsep(&row, "|")) != NULL; column++)
                        (void)fprintf(out, "<c r=\"%c%d\" t=\"inlineStr\"><is><t>%s</t></is></c>", column, number,
                                      cell);
                (void)fputs("</row>", out);
        }
        (void)fputs("</sheetData>", out);
        char piece[65536];
        memset(piece, ' ', sizeof(piece));
        for (size_t left = blanks; left > 0; left -= left < sizeof(piece) ? left : sizeof(piece))
                (void)fwrite(piece, 1, left < sizeof(piece) ? left : sizeof(piece), out);
        (void)fputs("</worksheet>", out);
}

static void write_types(FILE *out, size_t count)
{
        (void)fputs("<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" ContentType=\""
                    "application/vnd.openxmlformats-package.relationships+xml\"/>"
                    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>",
                    out);
        for (size_t i = 1; i <= count; i++)
                (void)fprintf(out, "<Override PartName=\"/xl/sheet%zu.xml\" ContentType=\"" TYPE "worksheet+xml\"/>",
                              i);
        (void)fputs("</Types>", out);
}

static void write_root(FILE *out)
{
        (void)fputs("<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
                    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
                    out);
}

static void write_book(FILE *out, const struct workbook_part *parts, size_t count)
{
        (void)fputs("<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>", out);
        for (size_t i = 0; i < count; i++)
                (void)fprintf(out, "<sheet name=\"%s\" sheetId=\"%zu\"%s r:id=\"rId%zu\"/>", parts[i].name, i + 1,
                              parts[i].is_hidden ? " state=\"hidden\"" : "", i + 1);
        (void)fputs("</sheets></workbook>", out);
}

static void write_relations(FILE *out, size_t count)
{
        (void)fputs("<Relationships xmlns=\"" PACKAGE "relationships\">", out);
        for (size_t i = 1; i <= count; i++)
                (void)fprintf(out,
                              "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/worksheet\" Target=\"sheet%zu.xml\"/>", i,
                              i);
        (void)fputs("</Relationships>", out);
}

static void make(const char *path, const struct workbook_part *parts, size_t count, size_t blanks)
{
        scoped(arena_fini) struct arena arena = {0};
        char directory[] = "/tmp/guichet-workbook-XXXXXX";
        require(mkdtemp(directory) != NULL);
        run("mkdir -p \"$0/_rels\" \"$0/xl/_rels\"", directory, path);
        FILE *types = open_part(&arena, directory, "[Content_Types].xml");
        write_types(types, count);
        FILE *root = open_part(&arena, directory, "_rels/.rels");
        write_root(root);
        FILE *book = open_part(&arena, directory, "xl/workbook.xml");
        write_book(book, parts, count);
        FILE *relations = open_part(&arena, directory, "xl/_rels/workbook.xml.rels");
        write_relations(relations, count);
        require(fclose(types) == 0 && fclose(root) == 0 && fclose(book) == 0 && fclose(relations) == 0);
        for (size_t i = 0; i < count; i++) {
                FILE *sheet = open_part(&arena, directory, arena_printf(&arena, "xl/sheet%zu.xml", i + 1));
                write_sheet(sheet, arena_text(&arena, parts[i].rows), blanks);
                require(fclose(sheet) == 0);
        }
        run("cd \"$0\" && zip -q -1 -r -X \"$1\" '[Content_Types].xml' _rels xl && rm -r \"$0\"", directory, path);
}

void workbook_make(const char *path, const char *rows, size_t blanks)
{
        const struct workbook_part part = {"F", rows, false};
        make(path, &part, 1, blanks);
}

void workbook_make_of(const char *path, const struct workbook_part *parts, size_t count)
{
        make(path, parts, count, 0);
}
