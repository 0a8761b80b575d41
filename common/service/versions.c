#include "common/service/versions.h"

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/base/require.h"
#include "common/codec/path.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/work.h"
#include "common/store/eventlog.h"
#include "common/store/stored.h"

/* ---- what an event changes */

/* The body that an Event holds, and which one: its fields are one choice, and say so in one place. */
static const ProtobufCMessage *body_of(const ProtobufCMessage *event, uint32_t *ret_case)
{
        const uint8_t *start = (const uint8_t *)event;
        *ret_case = *(const uint32_t *)(const void *)(start + event->descriptor->fields[0].quantifier_offset);
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(event->descriptor, *ret_case);
        return field == NULL ? NULL : *(const ProtobufCMessage *const *)(const void *)(start + field->offset);
}

static const struct version_row *row_of(const struct versions *versions, uint32_t event)
{
        for (size_t i = 0; versions != NULL && i < versions->count; i++)
                if (versions->rows[i].event == event)
                        return &versions->rows[i];
        return NULL;
}

/* A part of the key: the id or number that the path names. */
static void put_part(struct key *key, const ProtobufCMessage *message, const char *path)
{
        const char *rest;
        const ProtobufCFieldDescriptor *field = path_field(message == NULL ? NULL : message->descriptor, path, &rest);
        require(message == NULL || field != NULL);
        const void *member = message == NULL ? NULL : (const uint8_t *)message + field->offset;

        if (rest != NULL)
                put_part(key, message == NULL ? NULL : *(const ProtobufCMessage *const *)member, rest);
        else if (message != NULL && field->type == PROTOBUF_C_TYPE_MESSAGE)
                key_id(key, id_of(*(const Types__Id *const *)member));
        else
                key_u32(key, message == NULL ? 0 : *(const uint32_t *)member);
}

static struct key key_of_body(const struct version_row *row, const ProtobufCMessage *body)
{
        struct key key = version_key(row->thing);
        for (size_t i = 0; i < VERSION_KEY_FIELDS && row->key[i] != NULL; i++)
                put_part(&key, body, row->key[i]);
        return key;
}

/* What is kept of a thing: the number, and behind it the accounts that have decided on it, the last one first. */
struct held {
        uint64_t number;
        struct id authors[VERSION_AUTHORS_MAX];
        size_t count;
};

static struct held held_of(struct txn *txn, size_t table, const struct key *key)
{
        struct held held = {0};
        struct slice row;
        if (!txn_get(txn, table, key_slice(key), &row))
                return held;
        held.number = key_read_u64(row, 0);
        for (size_t at = sizeof(uint64_t); at < row.size && held.count < VERSION_AUTHORS_MAX; at += sizeof(struct id))
                held.authors[held.count++] = key_read_id(row, at);
        return held;
}

/* The accounts but this one. */
static void leave_out(struct held *held, struct id account)
{
        size_t kept = 0;
        for (size_t i = 0; i < held->count; i++)
                if (!id_equal(held->authors[i], account))
                        held->authors[kept++] = held->authors[i];
        held->count = kept;
}

/* As the last who decided. What a reaction did was decided elsewhere: the zero id is nobody. */
static void put_first(struct held *held, struct id account)
{
        if (id_is_zero(account))
                return;
        leave_out(held, account);
        if (held->count == VERSION_AUTHORS_MAX)
                held->count--;
        memmove(held->authors + 1, held->authors, held->count * sizeof(struct id));
        held->authors[0] = account;
        held->count++;
}

void versions_note(struct txn *txn, const struct versions *versions, const struct event *event)
{
        uint32_t which;
        const ProtobufCMessage *body = body_of(event->body, &which);
        const struct version_row *row = body == NULL ? NULL : row_of(versions, which);
        if (row == NULL || row->last != NULL)
                return;
        struct key key = key_of_body(row, body);
        struct held held = held_of(txn, versions->table, &key);
        put_first(&held, event->account);
        struct key value = key_of_u64(row->aside ? held.number : event->number);
        for (size_t i = 0; i < held.count; i++)
                key_id(&value, held.authors[i]);
        txn_put(txn, versions->table, key_slice(&key), key_slice(&value));
}

uint64_t versions_last(struct txn *txn, const struct versions *versions, const void *event, struct arena *arena)
{
        uint32_t which;
        const ProtobufCMessage *body = body_of(event, &which);
        const struct version_row *row = body == NULL ? NULL : row_of(versions, which);
        if (row == NULL || row->aside || row->follows)
                return 0;
        if (row->last != NULL)
                return row->last(txn, body, arena);
        struct key key = key_of_body(row, body);
        return version_of(txn, versions->table, &key);
}

struct key version_key(uint8_t thing)
{
        struct key key = key_empty();
        key_u8(&key, thing);
        return key;
}

uint64_t version_of(struct txn *txn, size_t table, const struct key *key)
{
        struct slice row;
        return txn_get(txn, table, key_slice(key), &row) ? key_read_u64(row, 0) : 0;
}

/* ---- who is told of it */

/* Who recorded that event. */
static void put_author(struct held *held, struct txn *txn, uint64_t number, struct arena *arena)
{
        struct log_entry entry;
        if (number == 0 || !log_get(txn, number, &entry))
                return;
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, arena);
        require_stored(record != NULL);
        if (record->account.len == sizeof(struct id))
                put_first(held, key_read_id(pb_slice(record->account), 0));
}

/* Of a thing whose own row tells the number. */
static struct held held_of_event(const struct version_row *row, struct work *work, const ProtobufCMessage *body)
{
        struct held held = {.number = row->last(work->txn, body, work->arena)};
        if (row->also != NULL)
                put_author(&held, work->txn, row->also(work->txn, body, work->arena), work->arena);
        put_author(&held, work->txn, held.number, work->arena);
        return held;
}

void versions_look(struct work *work, const struct versions *versions, const void *event, struct version_change *ret)
{
        uint32_t which;
        ret->count = 0;
        if (versions == NULL || versions->tell_others == NULL || work->actor == NULL)
                return;
        const ProtobufCMessage *body = body_of(event, &which);
        const struct version_row *row = body == NULL ? NULL : row_of(versions, which);
        if (row == NULL || row->quiet)
                return;
        struct held held;
        if (row->last != NULL) {
                held = held_of_event(row, work, body);
        } else {
                struct key key = key_of_body(row, body);
                held = held_of(work->txn, versions->table, &key);
        }
        if (held.number > work->began) /* this command's own change: it has told those before */
                return;
        leave_out(&held, passport_account(work->actor));
        ret->event = event;
        ret->thing = row->thing;
        ret->before = held.number;
        ret->count = held.count;
        memcpy(ret->others, held.authors, sizeof(ret->others));
}

void versions_tell(struct work *work, const struct versions *versions, const struct version_change *change)
{
        if (change->count > 0)
                versions->tell_others(work, change);
}

/* ---- what a command says */

const ProtobufCFieldDescriptor *version_seen_field(const ProtobufCMessageDescriptor *command)
{
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(command, "seen");
        return field == NULL || field->type != PROTOBUF_C_TYPE_UINT64 ? NULL : field;
}

uint64_t *version_in(const ProtobufCMessage *command, const ProtobufCFieldDescriptor *seen)
{
        return seen == NULL ? NULL : (uint64_t *)(void *)((uint8_t *)(uintptr_t)command + seen->offset);
}

uint64_t *version_seen(const ProtobufCMessage *command)
{
        return version_in(command, version_seen_field(command->descriptor));
}

void version_seen_any(const ProtobufCMessage *command)
{
        uint64_t *seen = version_seen(command);
        if (seen != NULL && *seen == 0)
                *seen = VERSION_ANY;
}

/* ---- what is told */

static struct slice part_of(const ProtobufCMessage *body, const ProtobufCFieldDescriptor *field, struct arena *arena)
{
        ProtobufCMessage *alone = pb_new(body->descriptor, arena);
        size_t size = field->label == PROTOBUF_C_LABEL_REPEATED ? sizeof(void *)
                      : field->type == PROTOBUF_C_TYPE_BYTES    ? sizeof(ProtobufCBinaryData)
                      : field->type == PROTOBUF_C_TYPE_UINT64   ? sizeof(uint64_t)
                      : field->type == PROTOBUF_C_TYPE_INT64    ? sizeof(int64_t)
                      : field->type == PROTOBUF_C_TYPE_STRING   ? sizeof(void *)
                      : field->type == PROTOBUF_C_TYPE_MESSAGE  ? sizeof(void *)
                                                                : sizeof(uint32_t);
        memcpy((uint8_t *)alone + field->offset, (const uint8_t *)body + field->offset, size);
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                memcpy((uint8_t *)alone + field->quantifier_offset, (const uint8_t *)body + field->quantifier_offset,
                       sizeof(size_t));
        return pb_encode(alone, arena);
}

/* " ; diffère de votre envoi : hours, territories", where both say the same kind of thing. */
static char *differences(const ProtobufCMessage *held, const ProtobufCMessage *sent, struct arena *arena)
{
        char *text = arena_text(arena, "");
        if (held == NULL || sent == NULL || held->descriptor != sent->descriptor)
                return text;
        for (unsigned i = 0; i < held->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &held->descriptor->fields[i];
                char name[PATH_NAME_SIZE];
                if (slice_equal(part_of(held, field, arena), part_of(sent, field, arena)))
                        continue;
                path_json_name(field->name, name);
                text = arena_printf(arena, "%s%s%s", text, *text == '\0' ? " ; diffère de votre envoi : " : ", ", name);
        }
        return text;
}

/* "paul, le 2026-11-28 à 10:12 UTC" */
static char *author_of(const Wire__EventRecord *record, struct arena *arena)
{
        char day[DAY_TEXT_SIZE];
        day_format(day_of_instant_ms(record->at_ms), day);
        int minutes = (int)(record->at_ms / 60000 % (24 * 60));
        return arena_printf(arena, "%s, le %s à %02d:%02d UTC", record->user[0] == '\0' ? "ce service" : record->user,
                            day, minutes / 60, minutes % 60);
}

void version_refuse(struct txn *txn, const struct version_conflict *conflict, struct arena *arena, struct refusal *ret)
{
        struct log_entry entry;
        uint32_t which;
        require(log_get(txn, conflict->number, &entry)); /* apply() noted it */
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, arena);
        require(record != NULL);
        const ProtobufCMessage *held = pb_decode(conflict->event->descriptor, pb_slice(record->body), arena);
        require(held != NULL);
        char *differs = differences(body_of(held, &which), body_of(conflict->event, &which), arena);
        (void)refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "seen", "%s : %s (version %llu%s). Relisez-la%s.",
                     conflict->seen == 0 ? "Cette donnée existe déjà" : "Cette donnée a changé depuis votre lecture",
                     author_of(record, arena), (unsigned long long)conflict->number, differs,
                     conflict->seen == 0 ? " et donnez dans « seen » la version lue" : ", puis recommencez");
}
