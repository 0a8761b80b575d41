/* MarkNoticeRead: somebody of the organisation, or who holds the account, has seen the notice. Emits NoticeRead, the
 * first time. Refuses a notice that is in neither box of the actor, without telling whether it is in another's. */
#include "notifications/commands.pb-c.h"
#include "notifications/events.pb-c.h"
#include "notifications/calls.h"
#include "services/notifications/store.h"

struct reply handle_mark_notice_read(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__MarkNoticeRead *command = (const Notifications__MarkNoticeRead *)message;
        struct id id = id_of(command->notice_id), account;
        const Notifications__AccountNoticeRow *own = store_find_account_notice(work->txn, id, &account, work->arena);
        const Notifications__NoticeRow *row = store_find_notice(work->txn, id, work->arena);
        if (own == NULL && row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "notice_id",
                                    "Cette notification n'est pas dans votre boîte, ni dans celle de votre "
                                    "organisation.");
        if (own != NULL ? !own->read : !row->read) {
                Notifications__NoticeRead read = NOTIFICATIONS__NOTICE_READ__INIT;
                read.notice_id = command->notice_id;
                work_record(work, &read.base);
        }
        return reply_ok(work, pb_new(&notifications__mark_notice_read_reply__descriptor, work->arena));
}
