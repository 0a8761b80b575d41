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

static const struct {
        const char *name, *text;
} parts[] = {
        {"[Content_Types].xml",
         "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" ContentType=\""
         "application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
         "<Override PartName=\"/xl/sheet1.xml\" ContentType=\"" TYPE "worksheet+xml\"/></Types>"},
        {"_rels/.rels", "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
                        "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
                            "\"><sheets><sheet name=\"F\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" Type=\"" OFFICE
         "/worksheet\" Target=\"sheet1.xml\"/></Relationships>"},
};

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

void workbook_make(const char *path, const char *rows, size_t blanks)
{
        scoped(arena_fini) struct arena arena = {0};
        char directory[] = "/tmp/guichet-workbook-XXXXXX";
        require(mkdtemp(directory) != NULL);
        run("mkdir -p \"$0/_rels\" \"$0/xl/_rels\"", directory, path);
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
                FILE *out = open_part(&arena, directory, parts[i].name);
                (void)fputs(parts[i].text, out);
                require(fclose(out) == 0);
        }
        FILE *sheet = open_part(&arena, directory, "xl/sheet1.xml");
        write_sheet(sheet, arena_text(&arena, rows), blanks);
        require(fclose(sheet) == 0);
        run("cd \"$0\" && zip -q -1 -r -X \"$1\" '[Content_Types].xml' _rels xl && rm -r \"$0\"", directory, path);
}
