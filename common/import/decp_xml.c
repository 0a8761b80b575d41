#include "common/import/decp_xml.h"

#include <errno.h>
#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/import/decp_contract.h"

enum { MEMBERS_MAX = 200 /* of an element: no format has as many names */ };
enum { ERROR_SIZE = 120, PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT };

struct decp_xml {
        xmlTextReaderPtr xml;
        uint64_t size;
        uint64_t index[2]; /* of the next element of each list */
        int line;          /* where it stopped being well-formed; 0: it did not */
        char error[ERROR_SIZE];
        bool ended;
};

/* What stands below the root. */
static const struct {
        const char *name;
        Contracts__ContractKind kind;
} lists[] = {
        {"marche", CONTRACTS__CONTRACT_KIND__MARKET},
        {"contrat-concession", CONTRACTS__CONTRACT_KIND__CONCESSION},
};

/* ---- life */

bool decp_xml_is(struct slice start)
{
        size_t at = start.size >= 3 && memcmp(start.data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        while (at < start.size && strchr(" \t\r\n", start.data[at]) != NULL && start.data[at] != '\0')
                at++;
        return at < start.size && start.data[at] == '<';
}

/* The first fault is the one to tell; libxml2 goes on finding others. */
static void on_error(void *argument, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr locator)
{
        struct decp_xml *reader = argument;
        if (reader->line != 0 || severity == XML_PARSER_SEVERITY_WARNING ||
            severity == XML_PARSER_SEVERITY_VALIDITY_WARNING)
                return;
        reader->line = xmlTextReaderLocatorLineNumber(locator);
        if (reader->line <= 0)
                reader->line = 1;
        (void)snprintf(reader->error, sizeof(reader->error), "%s", message);
        reader->error[strcspn(reader->error, "\n")] = '\0';
}

static int broken(struct decp_xml *reader, struct err_info *info)
{
        reader->ended = true;
        return err_set(info, ERR_MALFORMED, "XML mal formé à la ligne %d (%s) ; la suite n'est pas lue", reader->line,
                       reader->error);
}

/* Up to the root's start. */
static int enter(struct decp_xml *reader, struct err_info *info)
{
        int more;
        while ((more = xmlTextReaderRead(reader->xml)) == 1 &&
               xmlTextReaderNodeType(reader->xml) != XML_READER_TYPE_ELEMENT)
                continue;
        if (more != 1)
                return broken(reader, info);
        const char *root = (const char *)xmlTextReaderConstLocalName(reader->xml);
        if (strcmp(root, "marches") != 0)
                return err_set(info, ERR_MALFORMED, "la racine du XML est <%.40s> ; attendu : <marches>", root);
        reader->ended = xmlTextReaderIsEmptyElement(reader->xml) == 1;
        return 0;
}

static int start(struct decp_xml *reader, struct decp_xml **ret, struct err_info *info)
{
        if (reader->xml == NULL) {
                int err = errno != 0 ? -errno : ERR_MALFORMED;
                decp_xml_close(reader);
                return err_set(info, err, "impossible d'ouvrir le fichier XML");
        }
        xmlTextReaderSetErrorHandler(reader->xml, on_error, reader);
        int err = enter(reader, info);
        if (err == 0)
                *ret = reader;
        else
                decp_xml_close(reader);
        return err;
}

static struct decp_xml *reader_new(void)
{
        struct decp_xml *reader = calloc(1, sizeof(*reader));
        require(reader != NULL);
        errno = 0;
        return reader;
}

int decp_xml_open(const char *path, struct decp_xml **ret, struct err_info *info)
{
        struct decp_xml *reader = reader_new();
        struct stat about;
        if (stat(path, &about) == 0)
                reader->size = (uint64_t)about.st_size;
        reader->xml = xmlReaderForFile(path, NULL, PARSE_OPTIONS);
        return start(reader, ret, info);
}

int decp_xml_open_memory(struct slice text, struct decp_xml **ret, struct err_info *info)
{
        struct decp_xml *reader = reader_new();
        reader->size = text.size;
        if (text.size <= INT32_MAX)
                reader->xml = xmlReaderForMemory((const char *)text.data, (int)text.size, NULL, NULL, PARSE_OPTIONS);
        return start(reader, ret, info);
}

void decp_xml_close(struct decp_xml *reader)
{
        if (reader == NULL)
                return;
        xmlFreeTextReader(reader->xml);
        free(reader);
}

void decp_xml_progress(const struct decp_xml *reader, uint64_t *ret_bytes_read, uint64_t *ret_bytes_total)
{
        long consumed = xmlTextReaderByteConsumed(reader->xml);
        uint64_t read = consumed < 0 ? 0 : (uint64_t)consumed;
        *ret_bytes_total = reader->size;
        *ret_bytes_read = reader->ended || read > reader->size ? reader->size : read;
}

/* ---- an element as a tree */

struct children {
        struct json_tree *at;
        size_t count;
};

static char *name_of(xmlTextReaderPtr xml, struct arena *arena)
{
        return arena_text(arena, (const char *)xmlTextReaderConstLocalName(xml));
}

static struct json_tree text_tree(char *text)
{
        return (struct json_tree){.text = text, .size = (uint32_t)strlen(text), .kind = TREE_TEXT, .raw = ""};
}

static void append(struct children *to, struct json_tree value, struct arena *arena)
{
        to->at = pb_append(to->at, &to->count, sizeof(value), arena);
        to->at[to->count - 1] = value;
}

static struct json_tree tree_of(const struct children *from, enum json_tree_kind kind)
{
        return (struct json_tree){.items = from->at, .size = (uint32_t)from->count, .kind = kind, .raw = ""};
}

static bool is_named_as(const struct json_tree *a, const struct json_tree *b)
{
        return a->key_size == b->key_size && memcmp(a->key, b->key, a->key_size) == 0;
}

static bool is_among(const struct children *members, const struct json_tree *child)
{
        for (size_t i = 0; i < members->count; i++)
                if (is_named_as(&members->at[i], child))
                        return true;
        return false;
}

/* All of one name, from the first on: a list where there are several. */
static struct json_tree member_of(const struct children *children, size_t first, struct arena *arena)
{
        struct children same = {0};
        for (size_t i = first; i < children->count; i++)
                if (is_named_as(&children->at[i], &children->at[first]))
                        append(&same, children->at[i], arena);
        if (same.count == 1)
                return same.at[0];
        struct json_tree list = tree_of(&same, TREE_LIST);
        list.key = same.at[0].key;
        list.key_size = same.at[0].key_size;
        return list;
}

/* What comes several times is one member that is a list: who reads it knows all shapes (decp_shapes.h). */
static struct json_tree object_of(const struct children *children, struct arena *arena)
{
        struct children members = {0};
        for (size_t i = 0; i < children->count && members.count < MEMBERS_MAX; i++)
                if (!is_among(&members, &children->at[i]))
                        append(&members, member_of(children, i, arena), arena);
        return tree_of(&members, TREE_OBJECT);
}

/* The element that the reader stands on, to its end. False where the file breaks off, or nests beyond all formats. */
static bool read_tree(struct decp_xml *reader, struct arena *arena, size_t depth, struct json_tree *ret)
{
        char *name = name_of(reader->xml, arena), *text = arena_text(arena, "");
        int level = xmlTextReaderDepth(reader->xml), more = 1;
        struct children children = {0};
        bool good = depth < JSON_TREE_DEPTH_MAX, empty = xmlTextReaderIsEmptyElement(reader->xml) == 1;

        while (good && !empty && (more = xmlTextReaderRead(reader->xml)) == 1) {
                int type = xmlTextReaderNodeType(reader->xml);
                struct json_tree child = {0};
                if (type == XML_READER_TYPE_END_ELEMENT && xmlTextReaderDepth(reader->xml) == level)
                        break;
                if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA) {
                        text = arena_printf(arena, "%s%s", text, (const char *)xmlTextReaderConstValue(reader->xml));
                } else if (type == XML_READER_TYPE_ELEMENT) {
                        good = read_tree(reader, arena, depth + 1, &child);
                        append(&children, child, arena);
                }
        }
        *ret = children.count > 0 ? object_of(&children, arena) : text_tree(text);
        ret->key = name;
        ret->key_size = (uint32_t)strlen(name);
        return good && more == 1;
}

/* ---- elements */

static Contracts__RecordFormat format_of(const struct json_tree *element)
{
        bool recent = tree_member(element, "considerationsSociales") != NULL ||
                      tree_member(element, "considerationsEnvironnementales") != NULL ||
                      tree_member(element, "techniques") != NULL;
        return recent ? CONTRACTS__RECORD_FORMAT__DECP_2022 : CONTRACTS__RECORD_FORMAT__DECP_2019;
}

static int read_element(struct decp_xml *reader, size_t list, struct arena *arena, struct decp_item *ret,
                        struct err_info *info)
{
        struct json_tree *tree = arena_zalloc(arena, sizeof(*tree));
        uint64_t total;
        *ret = (struct decp_item){.list = lists[list].name, .number = "", .found = {.arena = arena}};
        decp_xml_progress(reader, &ret->offset, &total);
        if (!read_tree(reader, arena, 0, tree)) {
                if (reader->line != 0)
                        return broken(reader, info);
                reader->ended = true;
                return err_set(info, ERR_MALFORMED, "un élément imbrique plus de %d niveaux ; la suite n'est pas lue",
                               (int)JSON_TREE_DEPTH_MAX);
        }
        ret->index = reader->index[list]++;
        decp_item_read(ret, tree, format_of(tree), lists[list].kind);
        ret->size = ret->record == NULL ? 0 : pb_size(ret->record);
        return 1;
}

int decp_xml_next(struct decp_xml *reader, struct arena *arena, struct decp_item *ret, struct err_info *info)
{
        int more = 1;
        while (!reader->ended && (more = xmlTextReaderRead(reader->xml)) == 1) {
                int type = xmlTextReaderNodeType(reader->xml), depth = xmlTextReaderDepth(reader->xml);
                if (type != XML_READER_TYPE_ELEMENT || depth != 1)
                        continue;
                for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
                        if (strcmp((const char *)xmlTextReaderConstLocalName(reader->xml), lists[i].name) == 0)
                                return read_element(reader, i, arena, ret, info);
        }
        if (more < 0)
                return broken(reader, info);
        reader->ended = true;
        return 0;
}
