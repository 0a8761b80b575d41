#include "common/codec/dated.h"

#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/json.h"
#include "common/codec/types.h"

enum { PATH_SIZE = 4096 };

struct reading {
        const char *path;
        const char *version;
        struct err_info *info;
};

static int bad(const struct reading *reading, const char *place, const char *what)
{
        return err_set(reading->info, ERR_CONFIG, "%s: version %s, %s: %s", reading->path, reading->version, place,
                       what);
}

/* ---- fields by name: the shape of a root and of a version is checked once, when the file is loaded */

static const void *member(const ProtobufCMessage *message, const char *name)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        require(field != NULL); /* the type given to dated_load() is not of the shape that dated.h asks for */
        return (const char *)message + field->offset;
}

static const char *text_member(const ProtobufCMessage *message, const char *name)
{
        return *(const char *const *)member(message, name);
}

static const Types__Day *day_member(const ProtobufCMessage *version)
{
        return *(const Types__Day *const *)member(version, "valid_from");
}

static size_t version_count(const ProtobufCMessage *root)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(root->descriptor, "versions");
        require(field != NULL && field->label == PROTOBUF_C_LABEL_REPEATED);
        return *(const size_t *)((const char *)root + field->quantifier_offset);
}

static const ProtobufCMessage *version_at(const ProtobufCMessage *root, size_t i)
{
        return (*(const ProtobufCMessage *const *const *)member(root, "versions"))[i];
}

/* ---- every source is told */

static int check_sources(const struct reading *reading, const ProtobufCMessage *message);

static int check_field(const struct reading *reading, const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field)
{
        const char *at = (const char *)message + field->offset;
        if (field->type == PROTOBUF_C_TYPE_STRING && strcmp(field->name, "source") == 0)
                return text_is_empty(*(const char *const *)at)
                               ? bad(reading, message->descriptor->short_name, "must say its source")
                               : 0;
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                return 0;
        if (field->label != PROTOBUF_C_LABEL_REPEATED) {
                const ProtobufCMessage *one = *(const ProtobufCMessage *const *)at;
                return one == NULL ? 0 : check_sources(reading, one);
        }
        size_t count = *(const size_t *)((const char *)message + field->quantifier_offset);
        for (size_t i = 0; i < count; i++) {
                int err = check_sources(reading, (*(const ProtobufCMessage *const *const *)at)[i]);
                if (err != 0)
                        return err;
        }
        return 0;
}

static int check_sources(const struct reading *reading, const ProtobufCMessage *message)
{
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                int err = check_field(reading, message, &message->descriptor->fields[i]);
                if (err != 0)
                        return err;
        }
        return 0;
}

/* ---- the file */

static int check_versions(struct reading *reading, const ProtobufCMessage *root)
{
        size_t count = version_count(root);
        if (count == 0)
                return bad(reading, "versions", "there must be at least one");
        for (size_t i = 0; i < count; i++) {
                const ProtobufCMessage *version = version_at(root, i);
                const char *name = text_member(version, "version");
                reading->version = text_is_empty(name) ? "?" : name;
                if (text_is_empty(name) || day_member(version) == NULL)
                        return bad(reading, "version", "needs version and valid_from (YYYY-MM-DD)");
                if (i > 0 &&
                    day_number(day_of(day_member(version))) <= day_number(day_of(day_member(version_at(root, i - 1)))))
                        return bad(reading, "valid_from", "versions must follow each other in time");
                int err = check_sources(reading, version);
                if (err != 0)
                        return err;
        }
        return 0;
}

static int decode(struct reading *reading, const json_t *json, const char *subject,
                  const ProtobufCMessageDescriptor *type, struct dated *dated)
{
        struct refusal refusal;
        ProtobufCMessage *root;
        if (!json_to_message(json, type, &dated->arena, &root, &refusal))
                return err_set(reading->info, ERR_CONFIG, "%s: %s: %s", reading->path, refusal.field, refusal.text);
        if (strcmp(text_member(root, "subject"), subject) != 0)
                return bad(reading, "subject", "is not that of the file's name");
        dated->root = root;
        return check_versions(reading, root);
}

int dated_load(const char *directory, const char *subject, const ProtobufCMessageDescriptor *type, struct dated *ret,
               struct err_info *info)
{
        struct dated dated = {0};
        char path[PATH_SIZE];
        json_error_t where;

        if (snprintf(path, sizeof(path), "%s/%s.json", directory, subject) >= (int)sizeof(path))
                return err_set(info, ERR_CONFIG, "%s: the path is too long", subject);
        json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
        if (json == NULL)
                return err_set(info, where.line < 0 ? ERR_NOT_FOUND : ERR_CONFIG, "%s: line %d: %s", path, where.line,
                               where.text);
        arena_init(&dated.arena);
        struct reading reading = {.path = path, .version = "?", .info = info};
        int err = decode(&reading, json, subject, type, &dated);
        json_decref(json);
        if (err != 0)
                dated_fini(&dated);
        else
                *ret = dated;
        return err;
}

void dated_fini(struct dated *dated)
{
        arena_fini(&dated->arena);
        *dated = (struct dated){0};
}

const void *dated_on(const struct dated *dated, struct day day)
{
        size_t count = version_count(dated->root), chosen = 0;
        for (size_t i = 1; i < count; i++)
                if (day_number(day_of(day_member(version_at(dated->root, i)))) <= day_number(day))
                        chosen = i;
        return version_at(dated->root, chosen);
}
