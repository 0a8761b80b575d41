/* program_keys.c: keys of programs, which act in somebody's name within their scopes: made, read and ended by her. */
#include "accounts/calls.h"

#include "accounts/commands.pb-c.h"
#include "accounts/events.pb-c.h"
#include "accounts/queries.pb-c.h"
#include "common/base/limits.h"
#include "common/codec/scope.h"
#include "common/service/page.h"
#include "services/accounts/keys/give.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/keys/keys_rows.h"

enum { PROGRAM_DAYS_DEFAULT = 90 };

static const char *unknown_scope(const Accounts__MakeProgramKey *command)
{
        for (size_t i = 0; i < command->n_scopes; i++)
                if (!scope_is_known(command->scopes[i]))
                        return command->scopes[i];
        return NULL;
}

/* MakeProgramKey: a key for a program, in the membership that its holder acts in. Caller: who is signed in. Emits
 * KeyGiven, and KeyEnded of keys that had expired. Refuses NOT_ALLOWED (a tool), INVALID_FIELD (scopes), TOO_LARGE (she
 * has KEYS_MAX). */
struct reply handle_make_program_key(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__MakeProgramKey *command = (const Accounts__MakeProgramKey *)message;
        const char *unknown = unknown_scope(command);
        const int64_t day_ms = 24 * 60 * 60 * 1000;
        Accounts__KeyGiven given = ACCOUNTS__KEY_GIVEN__INIT;

        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        if (unknown != NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "scopes",
                                    "« %.60s » n'est pas une portée : écrivez par exemple contracts:read, "
                                    "tracking:write ou *:read.",
                                    unknown);
        if (keys_count(work, id_of(work->actor->account)) >= KEYS_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__TOO_LARGE, "label",
                                    "Ce compte a déjà %d clés : terminez-en une (EndKey) avant d'en faire une autre.",
                                    KEYS_MAX);
        keys_sweep(work, id_of(work->actor->account));
        given.account_id = work->actor->account;
        given.membership_id = work->actor->membership;
        given.kind = ACCOUNTS__KEY_KIND__KEY_PROGRAM;
        given.label = command->label;
        given.scopes = command->scopes;
        given.n_scopes = command->n_scopes;
        int64_t days = command->days == 0 ? PROGRAM_DAYS_DEFAULT : command->days;
        char *text = key_draw(work, work->now_ms + days * day_ms, &given);
        work_record(work, &given.base);
        return reply_key(work, &given, text);
}

/* EndKey: a key of one's own opens nothing any more. Emits KeyEnded. Refuses NOT_FOUND (none of hers). */
struct reply handle_end_key(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__EndKey *command = (const Accounts__EndKey *)message;
        const Accounts__KeyRow *row = store_key(work->txn, id_of(command->key_id), work->arena);
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        if (row == NULL || !id_equal(id_of(row->given->account_id), id_of(work->actor->account)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "key_id",
                                    "Vous n'avez pas cette clé : la liste de vos clés (OwnKeys) donne celles qui "
                                    "ouvrent encore.");
        key_end(work, row);
        return reply_ok(work, pb_new(&accounts__end_key_reply__descriptor, work->arena));
}

/* Of two gateways that tell the same, one is enough. */
static bool is_told(const struct work *work, const Accounts__KeyRow *row)
{
        if (row->used_on == NULL || day_number(day_of(row->used_on)) < day_number(work->today))
                return false;
        return row->given->idle_s == 0 || row->used_at == NULL ||
               work->now_ms - row->used_at->ms < row->given->idle_s * INT64_C(1000) / LIMIT_SESSION_TOUCHES;
}

/* NoteKeyUse: the key that the caller came with was used now. Caller: a gateway, in the name of who came. Emits
 * KeyUsed, once a day; of a session that ends where it rests, each sixth part of that time. Refuses
 * NOT_ALLOWED (a tool). */
struct reply handle_note_key_use(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__KeyRow *row;
        Accounts__KeyUsed used = ACCOUNTS__KEY_USED__INIT;
        (void)message;
        if (!holder_is_signed_in(work) || work->actor->key == NULL)
                return refuse_tool(work);
        row = store_key(work->txn, id_of(work->actor->key), work->arena);
        if (row != NULL && !is_told(work, row)) {
                used.key_id = row->given->key_id;
                used.account_id = row->given->account_id;
                used.used_on = day_to(work->arena, work->today);
                work_record(work, &used.base);
        }
        return reply_ok(work, pb_new(&accounts__note_key_use_reply__descriptor, work->arena));
}

/* OwnKeys: the keys of who asks that open something now, newest first. Never the key nor its hash. */
struct reply handle_own_keys(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__OwnKeysRequest *query = (const Accounts__OwnKeysRequest *)message;
        Accounts__OwnKeysReply *reply = pb_new(&accounts__own_keys_reply__descriptor, work->arena);
        const Accounts__KeyRow *row;
        struct walk walk;
        struct id id;

        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        struct page page = page_begin(work, query->page, &reply->base);
        store_walk_keys(work->txn, id_of(work->actor->account), page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                if ((row = store_key(work->txn, id, work->arena)) == NULL || key_ends_ms(row) <= work->now_ms)
                        continue;
                Accounts__KeyView *view = pb_new(&accounts__key_view__descriptor, work->arena);
                view->key_id = row->given->key_id;
                view->kind = row->given->kind;
                view->label = row->given->label;
                view->scopes = row->given->scopes;
                view->n_scopes = row->given->n_scopes;
                view->given_at = row->given_at;
                view->ends = row->given->ends;
                view->membership_id = row->given->membership_id;
                view->used_on = row->used_on;
                view->is_current = work->actor->key != NULL && id_equal(id, id_of(work->actor->key));
                if (row->browser != NULL) {
                        view->browser = row->browser->name;
                        view->place = row->browser->place;
                }
                page_add(&page, view);
        }
        return page_reply(&page);
}
