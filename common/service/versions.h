/* versions.h: which event last changed a thing that commands replace, so that nobody overwrites what he has not read.
 *
 * A service says which of its events change which thing (a row), and names the thing by fields of the event. apply()
 * notes the event's number under it. A command whose message has a field `seen` (uint64) carries the number up to which
 * its author has read: the version that a view gives, or the position that came with any answer of this daemon. When
 * such a command records an event whose thing was changed after that number, the whole command is undone and refused
 * WRONG_STATE, saying by whom and when it was changed (work_record()). 0 says: nothing was there.
 *
 * Beside the number stand the accounts that have decided on the thing, the last one first: where another account
 * records an event that changes it, the service is called to tell those (tell_others), in the same transaction. A table
 * that service does without, in `last` rows, knows one: who recorded the event before; and one more where the row says
 * of which other event (`also`). */
#ifndef COMMON_SERVICE_VERSIONS_H
#define COMMON_SERVICE_VERSIONS_H

#include "common/codec/refusal.h"
#include "common/store/key.h"
#include "common/store/store.h"

struct event;
struct work;

enum {
        VERSION_KEY_FIELDS = 2,
        VERSION_AUTHORS_MAX = 8, /* of a thing that are remembered, and told */
};

struct version_row {
        uint32_t event;                      /* body_case of the service's Event */
        uint8_t thing;                       /* what it changes: events of one thing share its number, 1.. */
        const char *key[VERSION_KEY_FIELDS]; /* which one: an id or a whole number, by name; "entry.lot" is inside */
        /* Where the daemon's own row tells the number; then nothing is noted and `key` is unused. */
        uint64_t (*last)(struct txn *txn, const ProtobufCMessage *body, struct arena *arena);
        bool aside; /* no other version of the thing: but whoever has decided on it is told, and who did this is one */
        bool quiet; /* another version, and nobody is told of it */
        bool follows; /* from a command on another thing, whose author need not have read this one */
        /* Of those with `last`: another event whose author is told as well; 0: none. NULL: never. */
        uint64_t (*also)(struct txn *txn, const ProtobufCMessage *body, struct arena *arena);
};

/* An event that was recorded just now, and what was there before it. */
struct version_change {
        const void *event; /* the service's Event message */
        uint8_t thing;
        uint64_t before; /* number of the event that stood; 0: none, or one of before numbers were noted */
        struct id others[VERSION_AUTHORS_MAX]; /* who had decided on it, but for the one who acts */
        size_t count;                          /* at least one */
};

struct versions {
        size_t table; /* TABLE_STATE; 0: every row has its `last` */
        const struct version_row *rows;
        size_t count;
        void (*tell_others)(struct work *work, const struct version_change *change); /* NULL: nobody is told */
};

/* "Whatever stands there", said on purpose: by an import of a register, by scripts that work step by step. */
#define VERSION_ANY UINT64_MAX

void versions_note(struct txn *txn, const struct versions *versions, const struct event *event);
/* The number of the event that last changed what `event` (the service's Event message) changes; 0: none has, or
 * nobody need have read it. */
uint64_t versions_last(struct txn *txn, const struct versions *versions, const void *event, struct arena *arena);

/* Around the recording of `event` by who acts: what stands there before, and the telling of it after. */
void versions_look(struct work *work, const struct versions *versions, const void *event, struct version_change *ret);
void versions_tell(struct work *work, const struct versions *versions, const struct version_change *change);

/* For views: version_of(txn, table, key), where key is version_key(THING) and then its parts in the order of `key`. */
struct key version_key(uint8_t thing);
uint64_t version_of(struct txn *txn, size_t table, const struct key *key);

/* The field `seen` of a command, NULL: it has none. Known of the type once, it is read fast. */
uint64_t *version_seen(const ProtobufCMessage *command);
const ProtobufCFieldDescriptor *version_seen_field(const ProtobufCMessageDescriptor *command);
uint64_t *version_in(const ProtobufCMessage *command, const ProtobufCFieldDescriptor *seen);
/* Says VERSION_ANY where the message has the field and it is 0. */
void version_seen_any(const ProtobufCMessage *command);

/* WRONG_STATE: event `number` changed the thing after `seen`. `event`: what would be recorded now. */
struct version_conflict {
        uint64_t number;
        uint64_t seen;
        const ProtobufCMessage *event;
};
void version_refuse(struct txn *txn, const struct version_conflict *conflict, struct arena *arena, struct refusal *ret);

#endif
