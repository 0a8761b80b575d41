/* exports.c: what was taken out as a file: noted before it is given, told to who audits, forgotten after a set time. */
#include "accounts/calls.h"

#include "accounts/exports.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/page.h"
#include "services/accounts/exports/exports_rows.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/settings.h"

enum { FORGOTTEN_AT_ONCE = 64 };

/* Where from is forgotten with the rest. */
static void forget_old(struct work *work)
{
        Accounts__ExportsForgotten event = ACCOUNTS__EXPORTS_FORGOTTEN__INIT;
        event.up_to = noted_forget(work, &exports_noted, accounts_settings_of(work->context)->exports_kept_days,
                                   FORGOTTEN_AT_ONCE);
        if (event.up_to != 0)
                work_record(work, &event.base);
}

/* NoteExport: somebody takes a file out. Caller: a gateway, in the name of who asks. Emits ExportNoted, and
 * ExportsForgotten of those that were kept long enough. Refuses NOT_ALLOWED (a tool). */
struct reply handle_note_export(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__NoteExport *command = (const Accounts__NoteExport *)message;
        Accounts__ExportNoted event = ACCOUNTS__EXPORT_NOTED__INIT;
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        forget_old(work);
        event.account_id = work->actor->account;
        event.role = work->actor->role;
        event.method = command->method;
        event.form = command->form;
        event.what = command->what;
        unpublished.place = work->actor->place;
        work_record_sealed(work, &event.base, pb_encode(&unpublished, work->arena));
        return reply_ok(work, pb_new(&accounts__note_export_reply__descriptor, work->arena));
}

/* Exports: newest first, of everybody or of one account. Caller: COORDINATOR, AUDITOR, DATA_PROTECTION. */
struct reply handle_exports(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__ExportsRequest *query = (const Accounts__ExportsRequest *)message;
        Accounts__ExportsReply *reply = pb_new(&accounts__exports_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        noted_walk(work->txn, &exports_noted, id_of(query->account_id), page.after, &walk);
        while (page_step(&page, &walk)) {
                const Accounts__ExportRow *row = noted_row(work->txn, &exports_noted, walk_number(&walk), work->arena);
                if (row == NULL)
                        continue;
                Accounts__ExportView *view = pb_new(&accounts__export_view__descriptor, work->arena);
                view->at = row->at;
                view->account_id = row->noted->account_id;
                view->user = row->user;
                view->role = row->noted->role;
                view->method = row->noted->method;
                view->form = row->noted->form;
                view->what = row->noted->what;
                view->place = row->place;
                page_add(&page, view);
        }
        return page_reply(&page);
}
