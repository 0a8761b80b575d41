/* A spreadsheet's own file, as guichet-table reads it: by xlsx2csv, a process of its own, and then by the reader of
 * tables. The first byte says what the rest is: 0, the file as it stands; anything else, the parts of a workbook
 * (sheet, texts, styles, workbook), with the byte 0x1e between two, which are put into an archive that is whole, so
 * that what is in the parts is reached. It is a table within its bounds, or an error in words; whatever the child does,
 * the reader goes on. */
#include "tests/fuzz/replay.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/import/workbook.h"
#include "services/gateway/table/table_json.h"

enum {
        PARTS = 4,
        PART_END = 0x1e,
};

static const struct {
        const char *name, *otherwise; /* where the input has no such part */
} parts[PARTS + 3] = {
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"},
        {"xl/sharedStrings.xml", "<sst/>"},
        {"xl/styles.xml", "<styleSheet/>"},
        {"xl/workbook.xml",
         "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet "
         "name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"rId1\" "
         "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
         "Target=\"worksheets/sheet1.xml\"/></Relationships>"},
        {"[Content_Types].xml",
         "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override "
         "PartName=\"/xl/workbook.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override "
         "PartName=\"/xl/worksheets/sheet1.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override "
         "PartName=\"/xl/sharedStrings.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>"},
        {"_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        "<Relationship Id=\"rId1\" "
                        "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
                        "Target=\"xl/workbook.xml\"/></Relationships>"},
};

/* ---- an archive that stores, and compresses nothing */

static void close_fd(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

static uint32_t crc_of(struct slice bytes)
{
        uint32_t crc = UINT32_MAX;
        for (size_t i = 0; i < bytes.size; i++) {
                crc ^= ((const uint8_t *)bytes.data)[i];
                for (int bit = 0; bit < 8; bit++)
                        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
        }
        return ~crc;
}

static void put(int fd, struct slice bytes)
{
        require(write(fd, bytes.data, bytes.size) == (ssize_t)bytes.size);
}

static void put_number(int fd, uint32_t number, size_t size)
{
        uint8_t bytes[4] = {(uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16), (uint8_t)(number >> 24)};
        put(fd, slice_of(bytes, size));
}

/* What a local head and one of the directory have alike. */
static void put_head(int fd, const char *name, struct slice bytes)
{
        put_number(fd, 0, 2); /* stored */
        put_number(fd, 0x5a210000, 4);
        put_number(fd, crc_of(bytes), 4);
        put_number(fd, (uint32_t)bytes.size, 4);
        put_number(fd, (uint32_t)bytes.size, 4);
        put_number(fd, (uint32_t)strlen(name), 2);
        put_number(fd, 0, 2);
}

static void put_archive(int fd, const struct slice contents[PARTS + 3])
{
        uint32_t starts[PARTS + 3];
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
                starts[i] = (uint32_t)lseek(fd, 0, SEEK_CUR);
                put(fd, slice_of("PK\x03\x04\x14\x00\x00\x00", 8));
                put_head(fd, parts[i].name, contents[i]);
                put(fd, slice_of_text(parts[i].name));
                put(fd, contents[i]);
        }
        uint32_t directory = (uint32_t)lseek(fd, 0, SEEK_CUR);
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
                put(fd, slice_of("PK\x01\x02\x14\x00\x14\x00\x00\x00", 10));
                put_head(fd, parts[i].name, contents[i]);
                put_number(fd, 0, 4);
                put_number(fd, 0, 4);
                put_number(fd, 0, 2);
                put_number(fd, starts[i], 4);
                put(fd, slice_of_text(parts[i].name));
        }
        uint32_t end = (uint32_t)lseek(fd, 0, SEEK_CUR);
        put(fd, slice_of("PK\x05\x06\x00\x00\x00\x00", 8));
        put_number(fd, ARRAY_SIZE(parts), 2);
        put_number(fd, ARRAY_SIZE(parts), 2);
        put_number(fd, end - directory, 4);
        put_number(fd, directory, 4);
        put_number(fd, 0, 2);
}

static void put_parts(int fd, struct slice rest)
{
        struct slice contents[PARTS + 3];
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
                contents[i] = slice_of_text(parts[i].otherwise);
                if (i >= PARTS || rest.size == 0)
                        continue;
                const uint8_t *start = rest.data, *end = memchr(start, PART_END, rest.size);
                size_t size = end == NULL ? rest.size : (size_t)(end - start);
                if (size > 0)
                        contents[i] = slice_of(start, size);
                size_t taken = end == NULL ? size : size + 1;
                rest = slice_of(start + taken, rest.size - taken);
        }
        put_archive(fd, contents);
}

/* ---- */

static void check_table(const struct table *table)
{
        require(table->count <= TABLE_ROWS_MAX);
        for (size_t i = 0; i < table->count; i++) {
                require(table->rows[i].count <= TABLE_CELLS_MAX);
                for (size_t j = 0; j < table->rows[i].count; j++)
                        require(utf8_valid(table->rows[i].cells[j], strlen(table->rows[i].cells[j])));
        }
        if (table_header(table) == table->count)
                return;
        json_t *json = table_json(table);
        require(json != NULL);
        json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena arena scoped(arena_fini) = {0};
        int file scoped(close_fd) = memfd_create("workbook", MFD_CLOEXEC);
        int spare scoped(close_fd) = memfd_create("rows", MFD_CLOEXEC);
        struct table table = {0};
        struct err_info info = {0};

        require(file >= 0 && spare >= 0);
        if (size < 2)
                return 0;
        if (data[0] == 0)
                put(file, slice_of(data + 1, size - 1));
        else
                put_parts(file, slice_of(data + 1, size - 1));
        require(lseek(file, 0, SEEK_SET) == 0);
        if (workbook_read(file, spare, &arena, &table, &info) == 0)
                check_table(&table);
        else
                require(info.text[0] != '\0' && utf8_valid(info.text, strlen(info.text)));
        return 0;
}
