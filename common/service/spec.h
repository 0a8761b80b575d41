/* spec.h: a daemon as data. main.c of each service fills one in and calls service_main(): that is all of its main(). */
#ifndef COMMON_SERVICE_SPEC_H
#define COMMON_SERVICE_SPEC_H

#include <uv.h>

#include "common/service/rights.h"
#include "common/service/versions.h"
#include "common/service/work.h"

#define ROLE_BIT(name) (1u << TYPES__ROLE__##name)

/* COMMAND: the writer thread, in the batch's transaction. QUERY: the loop thread, on a snapshot. */
enum dispatch_mode { MODE_COMMAND, MODE_QUERY };

typedef struct reply (*handle_f)(struct work *work, const ProtobufCMessage *message);

/* Who may ask for it stands in the row; the dispatcher refuses all others. Whose the things are that a request names
 * stands in the table of rights (rights.h); what is left for a handler (a list's lines) is marked "Security:". */
struct dispatch_row {
        const char *method; /* the rpc's name in commands.proto or queries.proto */
        enum dispatch_mode mode;
        uint32_t roles; /* ROLE_BIT()s */
        handle_f handle;
        /* How the same key is answered again, if not from the reply as it was kept. One of: */
        bool reply_not_kept; /* personal data in it: there is no row, so the same key does the command again */
        bool reply_sealed;   /* a secret in it: kept under a key of the daemon's own */
};

/* What to do with the events of another service. One of copy and react, or both. Copies may be filled again from the
 * first event on; no event is reacted to twice, and none before all copies are filled again. */
struct subscription {
        const char *service;                     /* all of its instances are subscribed to */
        const ProtobufCMessageDescriptor *event; /* its Event message */
        const uint32_t *kinds; /* of its events, ended by 0: those that are copied or reacted to. NULL: any may be. The
                                * others are counted and their chain is checked; their content is not even decoded */
        void (*copy)(struct txn *txn, struct arena *arena, const struct event *event); /* TABLE_COPY only */
        void (*react)(struct work *work, const struct event *event);                   /* work_record() only */
};

enum config_type { CONFIG_TEXT, CONFIG_NUMBER, CONFIG_BOOL };

/* A setting of the instance's "settings" in the topology file: checked, defaulted, documented by its row. */
struct config_row {
        const char *key;
        enum config_type type;
        size_t offset; /* in the service's config struct: const char *, int64_t or bool */
        const char *default_text;
        int64_t default_number, min, max;
        const char *doc;
};

struct code_lists; /* codes.h */
struct job_kinds;  /* jobs.h */
struct service;    /* the running process: loop, sockets, threads (service.h) */

struct service_spec {
        const char *name;       /* as in the topology: "tracking" */
        uint32_t store_version; /* of the tables' meaning; raised with it, all else is migrate.h's */
        /* The service's own tables. They are numbered from RUNTIME_TABLES (store/runtime_tables.h) on:
         * `enum { T_FIRST = RUNTIME_TABLES, T_SECOND, … };` and tables[0] describes T_FIRST. */
        const struct table_spec *tables;
        size_t table_count;

        const struct dispatch_row *dispatch;
        size_t dispatch_count;
        const struct rights *rights; /* whose the things are that the requests name; NULL: they name none */
        const struct subscription *subscriptions;
        size_t subscription_count;
        const ProtobufCMessageDescriptor *event; /* its own Event; NULL: tells nothing */
        void (*apply)(struct txn *txn, struct arena *arena, const struct event *event); /* TABLE_STATE only */

        /* Of a service that seals: calls `see` with the id of each key that something in its tables is sealed with,
         * newest first, until `see` says no. An erased person's is none of them any more. */
        void (*each_key)(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);
        /* The ids of those who were erased (work_erase_key()): none of them may have a key left. NULL: nobody is. */
        void (*each_erased)(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);
        const size_t *blobs;    /* of one that seals and keeps documents: the table of store/blob_names.h; NULL: none */
        const char *shared_key; /* keys/<name>.key, the same for all its instances (engine_shared_key()); NULL: none */
        bool seals; /* what it knows of persons: the engine opens a vault beside the store (work_seal() in work.h) */

        int niceness; /* 0 to 19: how far it stands back where others want the processor (setpriority()) */

        const struct job_kinds *jobs; /* what it does when an instant comes; NULL: nothing */

        const struct versions *versions; /* NULL: no command of it replaces anything */

        /* Before rights: whether what the request names is here, and may be asked for now. False with *ret_refusal: it
         * has another partition (MOVED), or is on its way there (UNAVAILABLE). NULL: all is always here. */
        bool (*is_here)(const struct work *work, const ProtobufCMessage *request, struct refusal *ret_refusal);

        /* Whether the event that would be recorded is about something that is on its way to another partition. */
        bool (*is_held)(const struct work *work, const void *event);
        /* Whether other partitions have lines of the list that is asked for, though it is of one territory. */
        bool (*is_elsewhere_too)(const struct work *work, const ProtobufCMessage *request);

        /* The lists of dated codes that fields of its requests name (codes_load()); NULL: none do. */
        const struct code_lists *(*codes)(const void *context);

        const struct config_row *config;
        size_t config_count;
        size_t config_size; /* of the struct that config rows fill in */

        /* Hooks, each may be NULL. `context` is what start() made and comes back in work->context. */
        int (*start)(struct engine *engine, const void *config, void **ret_context, struct err_info *info);
        void (*stop)(void *context);
        int (*serve)(struct service *service, void *context, struct err_info *info); /* loop thread, once, sockets up */
        void (*committed)(struct service *service, void *context);                   /* loop thread, after commits */
        /* Loop thread: asked to stop, it lets nobody new in; said again until it is true that nobody waits any more, or
         * five seconds have passed. */
        bool (*drain)(struct service *service, void *context);
        void (*quit)(struct service *service, void *context);          /* loop thread: close what serve() opened */
        size_t (*metrics)(void *context, char *ret_text, size_t size); /* loop thread: more lines of /metrics */
};

/* The runtime's tables and the service's, in the order of their numbers. */
enum { SPEC_TABLES_MAX = 112 };
size_t spec_tables(const struct service_spec *spec, struct table_spec ret_tables[SPEC_TABLES_MAX]);

int service_main(const struct service_spec *spec, int argc, char **argv);

#endif
