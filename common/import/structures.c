#include "common/import/structures.h"

#include <stdlib.h>

#include "common/base/mail_address.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/import/json_stream.h"
#include "common/import/structures_row.h"

static const struct structures_format *const formats[] = {
        &structures_lemarche,          &structures_itou, &structures_milo, &structures_data_inclusion,
        &structures_insertion_fixture,
};

static const char expected[] = "attendu : SIAE du Marché de l'inclusion, prescripteurs des Emplois, missions locales "
                               "(Milo) ou structures data.inclusion v1";

struct structures {
        struct json_stream stream;
        const struct structures_format *format; /* NULL: the list is empty */
        uint64_t index;
        bool paged; /* the list is the "items" of an object */
        bool ended;
};

static bool fits(const struct structures_format *format, const struct json_tree *row)
{
        for (size_t i = 0; i < FORMAT_KEYS_MAX; i++)
                if (tree_member(row, format->keys[i]) == NULL)
                        return false;
        return format->foreign_key == NULL || tree_member(row, format->foreign_key) == NULL;
}

static const struct structures_format *format_of(const struct json_tree *row)
{
        for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
                if (fits(formats[i], row))
                        return formats[i];
        return NULL;
}

/* Looks at the first rows, without advancing: one of them may be broken. */
static int recognise(struct structures *reader, struct err_info *info)
{
        enum { ROWS_LOOKED_AT = 10 };
        struct json_stream ahead = reader->stream;
        struct slice row;
        struct arena scratch;

        ahead.mapped = NULL; /* nothing is given back while looking ahead */
        arena_init(&scratch);
        struct findings found = {.arena = &scratch};
        const struct json_tree *json;
        int more = json_stream_next(&ahead, &found, &row, &json);
        bool empty = more == 0;
        for (int i = 0; more == 1 && i < ROWS_LOOKED_AT && reader->format == NULL; i++) {
                reader->format = format_of(json);
                more = json_stream_next(&ahead, &found, &row, &json);
        }
        arena_fini(&scratch);
        if (reader->format != NULL || empty)
                return 0;
        return err_set(info, ERR_MALFORMED, "les éléments ne sont d'aucun format connu ; %s", expected);
}

/* The list itself, or the "items" of a page. */
static int find_rows(struct structures *reader, struct err_info *info)
{
        struct slice key;

        reader->ended = json_stream_peek(&reader->stream) == -1;
        if (reader->ended)
                return 0;
        if (json_stream_take(&reader->stream, '['))
                return recognise(reader, info);
        reader->paged = json_stream_take(&reader->stream, '{');
        while (reader->paged && json_stream_member(&reader->stream, &key) == 1) {
                if (slice_equal(key, slice_of_text("items")) && json_stream_take(&reader->stream, '['))
                        return recognise(reader, info);
                if (slice_equal(key, slice_of_text("marches")))
                        return err_set(info, ERR_MALFORMED,
                                       "ce sont des contrats (DECP) : les importer comme contrats");
                if (json_stream_skip(&reader->stream) != 0)
                        break;
        }
        return err_set(info, ERR_MALFORMED, "ni liste ni page « items » ; %s", expected);
}

static struct structures *reader_new(void)
{
        struct structures *reader = calloc(1, sizeof(*reader));
        require(reader != NULL);
        return reader;
}

/* Goes on after the stream was opened with `err`. */
static int opened(struct structures *reader, int err, struct structures **ret, struct err_info *info)
{
        if (err == 0)
                err = find_rows(reader, info);
        if (err == 0)
                *ret = reader;
        else
                structures_close(reader);
        return err;
}

int structures_open(const char *path, struct structures **ret, struct err_info *info)
{
        struct structures *reader = reader_new();
        return opened(reader, json_stream_open(path, &reader->stream, info), ret, info);
}

int structures_open_memory(struct slice text, struct structures **ret, struct err_info *info)
{
        struct structures *reader = reader_new();
        return opened(reader, json_stream_open_memory(text, &reader->stream, info), ret, info);
}

void structures_close(struct structures *reader)
{
        if (reader == NULL)
                return;
        json_stream_close(&reader->stream);
        free(reader);
}

const char *structures_format(const struct structures *reader)
{
        return reader->format != NULL ? reader->format->name : "";
}

void structures_progress(const struct structures *reader, uint64_t *ret_bytes_read, uint64_t *ret_bytes_total)
{
        *ret_bytes_read = reader->stream.at;
        *ret_bytes_total = reader->stream.size;
}

static void keep_warnings(const struct findings *found, Directory__Organisation *to)
{
        for (size_t i = 0; i < found->warnings.count; i++) {
                const struct note *note = &found->warnings.at[i];
                to->warnings = pb_append(to->warnings, &to->n_warnings, sizeof(char *), found->arena);
                to->warnings[i] =
                        note->value[0] == '\0'
                                ? arena_printf(found->arena, "%s : %s", note->field, note->text)
                                : arena_printf(found->arena, "%s « %s » : %s", note->field, note->value, note->text);
        }
}

static void read_organisation(struct structures_item *item, const struct json_tree *json,
                              const struct structures_format *format)
{
        struct findings *found = &item->found;
        struct node row = node_root(json);
        struct node name = node_member(&row, format->name_key);

        if (!tree_is_object(json)) {
                note_reason(found, NOTE_NOT_OBJECT, &row);
                return;
        }
        Directory__Organisation *organisation = pb_new(&directory__organisation__descriptor, found->arena);
        organisation->source = arena_text(found->arena, format->name);
        format->read(found, &row, organisation);
        if (organisation->name[0] == '\0')
                note_reason(found, NOTE_MISSING, &name);
        if (organisation->email[0] != '\0' && !mail_address_valid(organisation->email)) {
                note_warning_text(found, NOTE_MAIL_ADDRESS, "email", organisation->email);
                organisation->email = (char *)(uintptr_t)protobuf_c_empty_string;
        }
        keep_warnings(found, organisation);
        item->number = organisation->siret[0] != '\0' ? organisation->siret : organisation->source_id;
        item->organisation = found->reasons.count > 0 ? NULL : organisation;
}

/* After the list: the rest of the page, then nothing. */
static int end(struct structures *reader, struct err_info *info)
{
        struct slice key;
        int more = reader->paged ? 1 : 0;

        reader->ended = true;
        while (more == 1 && (more = json_stream_member(&reader->stream, &key)) == 1)
                if (json_stream_skip(&reader->stream) != 0)
                        more = ERR_MALFORMED;
        if (more == 0 && json_stream_peek(&reader->stream) == -1)
                return 0;
        return err_set(info, ERR_MALFORMED, "JSON mal formé après la liste, à l'octet %zu ; toute la liste est lue",
                       reader->stream.at);
}

int structures_next(struct structures *reader, struct arena *arena, struct structures_item *ret, struct err_info *info)
{
        struct findings found = {.arena = arena};
        const struct json_tree *json;
        struct slice row;

        if (reader->ended)
                return 0;
        int more = json_stream_next(&reader->stream, &found, &row, &json);
        if (more == 0)
                return end(reader, info);
        if (more < 0) {
                reader->ended = true;
                return json_stream_broken(&reader->stream, reader->index, info);
        }
        *ret = (struct structures_item){.index = reader->index++,
                                        .number = "",
                                        .found = found,
                                        .offset = (uint64_t)(row.data - reader->stream.data)};
        if (json != NULL)
                read_organisation(ret, json, reader->format);
        return 1;
}
