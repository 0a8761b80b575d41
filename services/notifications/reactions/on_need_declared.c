/* A company looks for people: every organisation subscribed to the need's territory is told. */
#include "services/notifications/daemon.h"
#include "services/notifications/notice.h"
#include "services/notifications/reactions/post.h"
#include "services/notifications/reactions/reactions.h"

void on_need_declared(struct work *work, const Contracts__NeedDeclared *need)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        Notifications__NoticePosted *notice = notice_of_need(texts, need, work->arena);
        notice->is_private = need->is_private;
        post_to_territory(work, notice);
}
