#include "common/import/decp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/import/decp_contract.h"
#include "common/import/decp_xml.h"
#include "common/import/json_stream.h"

enum { FIRST_KEY_SIZE = 41 };
enum place { IN_ROOT, IN_LISTS, IN_ELEMENTS, AT_END };

/* The lists of the 2022 root. */
static const struct {
        const char *key;
        Contracts__ContractKind kind;
} lists_2022[] = {
        {"marche", CONTRACTS__CONTRACT_KIND__MARKET},
        {"contrat-concession", CONTRACTS__CONTRACT_KIND__CONCESSION},
};

struct decp {
        struct decp_xml *xml; /* NULL: JSON */
        struct json_stream stream;
        Contracts__RecordFormat format;
        enum place place;
        const char *list;
        Contracts__ContractKind kind; /* of the elements of `list` */
        uint64_t index;               /* of the next element */
        bool single;                  /* the list is one element without brackets */
};

/* What a root without "marches" is known to be, by its first keys. */
static const struct {
        const char *key;
        const char *text;
} other_roots[] = {
        {"resources",
         "c'est une page du catalogue data.gouv.fr, pas des contrats : télécharger la ressource JSON qu'elle décrit"},
        {"results", "c'est l'export aplati de data.economie.gouv.fr : donner le fichier DECP au format réglementaire"},
        {"items", "c'est une page d'API (data.inclusion ?) : l'importer comme structures"},
        {"marche", "la liste « marche » n'est pas dans un objet « marches »"},
};

static const char expected[] = "attendu : {\"marches\": {\"marche\": […]}} (2022) ou {\"marches\": […]} (2019)";

static bool key_is(struct slice key, const char *name)
{
        return slice_equal(key, slice_of_text(name));
}

/* Why a root without "marches" is refused: `known` is its row of other_roots, -1 for none. */
static int not_decp(struct decp *reader, int known, const char *first_key, struct err_info *info)
{
        if (known >= 0)
                return err_set(info, ERR_MALFORMED, "%s", other_roots[known].text);
        if (json_stream_peek(&reader->stream) == '{')
                return err_set(info, ERR_MALFORMED, "plusieurs objets JSON l'un après l'autre (un par ligne ?) ; %s",
                               expected);
        return err_set(info, ERR_MALFORMED, "l'objet n'a pas de clé « marches » (première clé : « %s ») ; %s",
                       first_key, expected);
}

/* Enters the value of "marches". */
static int enter(struct decp *reader, struct err_info *info)
{
        if (json_stream_take(&reader->stream, '[')) {
                reader->format = CONTRACTS__RECORD_FORMAT__DECP_2019;
                reader->place = IN_ELEMENTS;
                reader->list = "marches";
                return 0;
        }
        if (json_stream_peek(&reader->stream) == 'n') { /* null: a month without contracts */
                reader->place = IN_ROOT;
                return json_stream_skip(&reader->stream);
        }
        if (json_stream_take(&reader->stream, '{')) {
                reader->format = CONTRACTS__RECORD_FORMAT__DECP_2022;
                reader->place = IN_LISTS;
                return 0;
        }
        return err_set(info, ERR_MALFORMED, "« marches » n'est ni une liste ni un objet ; %s", expected);
}

static void see_other_key(struct slice key, int *known, char first_key[FIRST_KEY_SIZE])
{
        if (first_key[0] == '\0' && utf8_valid((const char *)key.data, key.size) && key.size < FIRST_KEY_SIZE)
                memcpy(first_key, key.data, key.size);
        for (size_t i = 0; i < ARRAY_SIZE(other_roots) && *known < 0; i++)
                if (key_is(key, other_roots[i].key))
                        *known = (int)i;
}

/* What some platforms publish for a month without contracts: nothing at all, [] or {}. */
static bool holds_nothing(const struct json_stream *stream)
{
        struct json_stream ahead = *stream;
        if (json_stream_peek(&ahead) == -1)
                return true;
        bool empty = (json_stream_take(&ahead, '[') && json_stream_take(&ahead, ']')) ||
                     (json_stream_take(&ahead, '{') && json_stream_take(&ahead, '}'));
        return empty && json_stream_peek(&ahead) == -1;
}

static int find_contracts(struct decp *reader, struct err_info *info)
{
        char first_key[FIRST_KEY_SIZE] = "";
        struct slice key;
        int more, known = -1;

        if (holds_nothing(&reader->stream)) {
                reader->place = AT_END;
                return 0;
        }
        if (!json_stream_take(&reader->stream, '{'))
                return err_set(info, ERR_MALFORMED, "le fichier est une liste JSON ; %s", expected);
        while ((more = json_stream_member(&reader->stream, &key)) == 1) {
                if (key_is(key, "marches"))
                        return enter(reader, info);
                see_other_key(key, &known, first_key);
                if (json_stream_skip(&reader->stream) != 0)
                        break;
        }
        if (more == 0)
                return not_decp(reader, known, first_key, info);
        return err_set(info, ERR_MALFORMED, "JSON mal formé à l'octet %zu, avant toute clé « marches » ; %s",
                       reader->stream.at, expected);
}

static int opened(struct decp *reader, struct decp **ret, struct err_info *info)
{
        int err = find_contracts(reader, info);

        if (err == 0)
                *ret = reader;
        else
                decp_close(reader);
        return err;
}

static struct decp *reader_new(void)
{
        struct decp *reader = calloc(1, sizeof(*reader));
        require(reader != NULL);
        return reader;
}

static int opened_xml(struct decp *reader, int err, struct decp **ret)
{
        if (err == 0)
                *ret = reader;
        else
                decp_close(reader);
        return err;
}

static bool starts_as_xml(const char *path)
{
        enum { LOOKED_AT = 256 };
        char start[LOOKED_AT];
        FILE *file = fopen(path, "re");
        if (file == NULL)
                return false; /* why is for the reader of JSON to say */
        size_t size = fread(start, 1, sizeof(start), file);
        (void)fclose(file);
        return decp_xml_is(slice_of(start, size));
}

int decp_open(const char *path, struct decp **ret, struct err_info *info)
{
        struct decp *reader = reader_new();
        if (starts_as_xml(path))
                return opened_xml(reader, decp_xml_open(path, &reader->xml, info), ret);
        int err = json_stream_open(path, &reader->stream, info);

        if (err == 0)
                return opened(reader, ret, info);
        decp_close(reader);
        return err;
}

int decp_open_memory(struct slice text, struct decp **ret, struct err_info *info)
{
        struct decp *reader = reader_new();
        if (decp_xml_is(text))
                return opened_xml(reader, decp_xml_open_memory(text, &reader->xml, info), ret);
        int err = json_stream_open_memory(text, &reader->stream, info);

        if (err == 0)
                return opened(reader, ret, info);
        decp_close(reader);
        return err;
}

void decp_close(struct decp *reader)
{
        if (reader == NULL)
                return;
        decp_xml_close(reader->xml);
        json_stream_close(&reader->stream);
        free(reader);
}

Contracts__RecordFormat decp_format(const struct decp *reader)
{
        return reader->format;
}

void decp_progress(const struct decp *reader, uint64_t *ret_bytes_read, uint64_t *ret_bytes_total)
{
        if (reader->xml != NULL) {
                decp_xml_progress(reader->xml, ret_bytes_read, ret_bytes_total);
                return;
        }
        *ret_bytes_read = reader->stream.at;
        *ret_bytes_total = reader->stream.size;
}

/* The reading stops here: what follows cannot be told apart any more. */
static int broken(struct decp *reader, struct err_info *info)
{
        bool in_list = reader->place == IN_ELEMENTS;

        reader->place = AT_END;
        if (in_list || reader->stream.at >= reader->stream.size)
                return json_stream_broken(&reader->stream, reader->index, info);
        return err_set(info, ERR_MALFORMED, "JSON mal formé à l'octet %zu, hors des contrats ; la suite n'est pas lue",
                       reader->stream.at);
}

/* Enters the next list of the 2022 root, at its key. */
static int enter_list(struct decp *reader, struct slice key)
{
        for (size_t i = 0; i < ARRAY_SIZE(lists_2022); i++) {
                if (!key_is(key, lists_2022[i].key))
                        continue;
                bool list = json_stream_take(&reader->stream, '[');
                if (!list && json_stream_peek(&reader->stream) != '{')
                        break;
                reader->list = lists_2022[i].key;
                reader->kind = lists_2022[i].kind;
                reader->index = 0;
                reader->single = !list;
                reader->place = IN_ELEMENTS;
                return 0;
        }
        return json_stream_skip(&reader->stream);
}

/* One step outside of the elements: the next key of the object that holds the lists, or of the root. */
static int step(struct decp *reader, struct err_info *info)
{
        struct slice key;
        int more = json_stream_member(&reader->stream, &key);

        if (more == 1)
                more = (reader->place == IN_LISTS ? enter_list(reader, key) : json_stream_skip(&reader->stream));
        else if (more == 0 && reader->place == IN_LISTS)
                reader->place = IN_ROOT;
        else if (more == 0) {
                reader->place = AT_END;
                if (json_stream_peek(&reader->stream) != -1)
                        return err_set(info, ERR_MALFORMED,
                                       "du texte suit la fin du JSON, à l'octet %zu ; il n'est pas lu",
                                       reader->stream.at);
        }
        return more < 0 ? broken(reader, info) : 0;
}

static int read_element(struct decp *reader, struct arena *arena, struct decp_item *ret, struct err_info *info)
{
        struct findings found = {.arena = arena};
        struct slice element;
        const struct json_tree *json;
        int more = json_stream_next(&reader->stream, &found, &element, &json);

        if (more == 0)
                reader->place = reader->format == CONTRACTS__RECORD_FORMAT__DECP_2022 ? IN_LISTS : IN_ROOT;
        if (more <= 0)
                return more < 0 ? broken(reader, info) : 0;
        if (reader->single)
                reader->place = IN_LISTS;
        *ret = (struct decp_item){.list = reader->list,
                                  .index = reader->index++,
                                  .number = "",
                                  .found = found,
                                  .offset = (uint64_t)(element.data - reader->stream.data),
                                  .size = element.size};
        if (json != NULL)
                decp_item_read(ret, json, reader->format, reader->kind);
        return 1;
}

int decp_next(struct decp *reader, struct arena *arena, struct decp_item *ret, struct err_info *info)
{
        if (reader->xml != NULL)
                return decp_xml_next(reader->xml, arena, ret, info);
        while (reader->place != AT_END) {
                int done = reader->place == IN_ELEMENTS ? read_element(reader, arena, ret, info) : step(reader, info);
                if (done != 0)
                        return done;
        }
        return 0;
}
