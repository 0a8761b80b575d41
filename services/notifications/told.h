/* told.h: what an account was told of a change to what it had decided on, as it may read it today. The notice was
 * written when the change was made; whether its reader may still know the thing is asked when it is read: a contract
 * that has become private, another territory's, is not named any more. Called by OwnNotices. */
#ifndef SERVICES_NOTIFICATIONS_TOLD_H
#define SERVICES_NOTIFICATIONS_TOLD_H

#include <stdbool.h>

#include "common/service/work.h"
#include "notifications/queries.pb-c.h"
#include "notifications/state.pb-c.h"
#include "texts.pb-c.h"

/* Security: may who acts read the thing today? */
bool told_may_be_read(const struct work *work, const Types__ChangedByAnother *change);

/* Whole; or, where she may not read the thing any more, that something changed, and when. */
Notifications__NoticeView *told_view(const struct work *work, const Texts__TextVersion *texts,
                                     const Notifications__AccountNoticeRow *row);

#endif
