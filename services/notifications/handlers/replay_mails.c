/* ReplayMails: mails that were given up are tried again from the first attempt on, one or all of them. Emits
 * MailsPlayedAgain. Refuses NOT_FOUND (that mail is not among those that were given up). */
#include "notifications/commands.pb-c.h"
#include "notifications/events.pb-c.h"
#include "notifications/calls.h"
#include "services/notifications/store.h"

enum { REPLAYED_MAX = 1000 }; /* at once: 20 KB of an event */

static void append(struct work *work, Notifications__MailsPlayedAgain *again, struct id id)
{
        again->notice_ids = pb_append(again->notice_ids, &again->n_notice_ids, sizeof(*again->notice_ids), work->arena);
        again->notice_ids[again->n_notice_ids - 1] = id_to(work->arena, id);
}

static void append_all(struct work *work, Notifications__MailsPlayedAgain *again)
{
        struct walk walk;
        struct id notice;
        parked_walk(work->txn, &notifications_due, JOB_MAIL, slice_of(NULL, 0), &walk);
        while (again->n_notice_ids < REPLAYED_MAX && walk_next(&walk, &notice))
                append(work, again, notice);
        walk_end(&walk);
}

static struct reply reply_not_parked(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "notice_id",
                            "Aucun courriel abandonné ne porte cet identifiant : relisez la liste des courriels "
                            "abandonnés (ParkedMails).");
}

struct reply handle_replay_mails(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__ReplayMails *command = (const Notifications__ReplayMails *)message;
        Notifications__ReplayMailsReply *reply = pb_new(&notifications__replay_mails_reply__descriptor, work->arena);
        Notifications__MailsPlayedAgain again = NOTIFICATIONS__MAILS_PLAYED_AGAIN__INIT;
        struct parked parked;
        if (command->notice_id == NULL) {
                append_all(work, &again);
        } else {
                struct due_name name = {JOB_MAIL, id_of(command->notice_id)};
                if (!parked_find(work->txn, &notifications_due, name, &parked))
                        return reply_not_parked(work);
                append(work, &again, name.id);
        }
        if (again.n_notice_ids > 0)
                work_record(work, &again.base);
        reply->replayed = (uint32_t)again.n_notice_ids;
        reply->left = txn_count(work->txn, T_PARKED);
        return reply_ok(work, reply);
}
