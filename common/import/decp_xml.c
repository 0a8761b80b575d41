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

/* JSON has a list of wrapped objects here: "titulaires": [{"titulaire": {…}}]. */
static const char *const wrapped_lists[] = {"titulaires", "concessionnaires", "modifications", "actesSousTraitance",
                                            "modificationsActesSousTraitance"};
/* And here an object with a list: "techniques": {"technique": ["…"]}. */
static const char *const word_lists[] = {"techniques", "modalitesExecution", "typesPrix", "considerationsSociales",
                                         "considerationsEnvironnementales"};

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(names[i], name) == 0)
                        return true;
        return false;
}

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

/* {name: value} */
static struct json_tree object_of(const struct children *members)
{
        return (struct json_tree){
                .items = members->at, .size = (uint32_t)members->count, .kind = TREE_OBJECT, .raw = ""};
}

static struct json_tree list_of(struct children *items)
{
        return (struct json_tree){.items = items->at, .size = (uint32_t)items->count, .kind = TREE_LIST, .raw = ""};
}

static struct json_tree wrapped(const struct children *children, struct arena *arena)
{
        struct children list = {0};
        for (size_t i = 0; i < children->count; i++) {
                struct children one = {0};
                append(&one, children->at[i], arena);
                append(&list, object_of(&one), arena);
        }
        return list_of(&list);
}

static struct json_tree words(struct children *children, struct arena *arena)
{
        struct children member = {0};
        append(&member, list_of(children), arena);
        member.at[0].key = children->at[0].key;
        member.at[0].key_size = children->at[0].key_size;
        return object_of(&member);
}

static struct json_tree shaped(const char *name, struct children *children, struct arena *arena)
{
        if (is_one_of(name, wrapped_lists, ARRAY_SIZE(wrapped_lists)))
                return wrapped(children, arena);
        if (is_one_of(name, word_lists, ARRAY_SIZE(word_lists)))
                return words(children, arena);
        return object_of(children);
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
        *ret = children.count > 0 ? shaped(name, &children, arena) : text_tree(text);
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
        *ret = (struct decp_item){.list = lists[list].name, .found = {.arena = arena}};
        decp_xml_progress(reader, &ret->offset, &total);
        if (!read_tree(reader, arena, 0, tree)) {
                if (reader->line != 0)
                        return broken(reader, info);
                reader->ended = true;
                return err_set(info, ERR_MALFORMED, "un élément imbrique plus de %d niveaux ; la suite n'est pas lue",
                               (int)JSON_TREE_DEPTH_MAX);
        }
        ret->index = reader->index[list]++;
        ret->record = decp_contract(&ret->found, tree, format_of(tree), lists[list].kind);
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
