#include "services/notifications/delivery.h"

#include <stdio.h>

#include "common/base/require.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/address.h"
#include "services/notifications/daemon.h"
#include "services/notifications/mail.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

static bool ready(void *context)
{
        return daemon_sends_mail(context);
}

/* --- 1. the mail -------------------------------------------------------------------------------------------------- */

/* The words of the day of the mail, however late it is tried. */
static const Texts__TextVersion *texts_at(const struct job *job, int64_t at_ms)
{
        return daemon_texts(job->context, day_of_instant_ms(at_ms));
}

/* A notice, to the address that was confirmed; its `to` is NULL where that was removed meanwhile. */
static struct mail mail_of_notice(struct job *job, struct txn *txn, const Notifications__NoticeRow *row)
{
        const Notifications__PostingRow *posting = store_find_posting(txn, row->posting, &job->arena);
        const Notifications__SealedAddress *address = address_open(job->engine, txn, row->address_id, &job->arena);
        require(posting != NULL); /* apply() puts both rows together */
        return (struct mail){
                .at_ms = posting->at->ms,
                .to = address != NULL         ? address->email
                      : row->email[0] != '\0' ? row->email
                                              : NULL,
                .subject = posting->title,
                .text = posting->text,
        };
}

static struct mail mail_of_code(struct job *job, struct txn *txn)
{
        struct id id = job->due.name.id;
        const Notifications__AddressRow *row = store_find_address(txn, id, &job->arena);
        const Notifications__SealedAddress *address =
                address_open(job->engine, txn, id_to(&job->arena, id), &job->arena);
        require(row != NULL); /* apply() deletes both rows together */
        if (address == NULL)
                return (struct mail){0};
        int64_t at_ms = row->expires_at->ms - CODE_LIFE_MS;
        struct words words = address_mail(texts_at(job, at_ms), address->code, &job->arena);
        return (struct mail){.at_ms = at_ms, .to = address->email, .subject = words.title, .text = words.text};
}

static bool load(struct job *job, struct txn *txn)
{
        struct mail *mail = arena_alloc(&job->arena, sizeof(*mail));
        const Notifications__NoticeRow *row = store_find_notice(txn, job->due.name.id, &job->arena);
        *mail = row != NULL ? mail_of_notice(job, txn, row) : mail_of_code(job, txn);
        mail->id = job->due.name.id;
        mail->from = daemon_smtp(job->context)->from;
        mail->foot = words_merge(texts_at(job, mail->at_ms), "mail_foot", NULL, 0, &job->arena).text;
        job->data = mail;
        if (mail->to != NULL)
                return true;
        job->result = (struct job_result){.permanent = true, .reason = "the address was removed"};
        return false;
}

/* --- 2. sending -------------------------------------------------------------------------------------------------- */

static void run(struct job *job)
{
        const struct mail *mail = job->data;
        struct slice message;
        struct err_info info;
        struct smtp_result result;
        if (mail_compose(mail, &job->arena, &message, &info) != 0) {
                job->result = (struct job_result){.permanent = true};
                (void)snprintf(job->result.reason, sizeof(job->result.reason), "%s", info.text);
                return;
        }
        smtp_send(daemon_channel(job->context, job->slot), mail->to, message, &result);
        mail_hide_addresses(result.reason);
        job->result = (struct job_result){.done = result.accepted, .permanent = result.permanent};
        (void)snprintf(job->result.reason, sizeof(job->result.reason), "%s", result.reason);
}

/* --- 3. recording what came of it -------------------------------------------------------------------------------- */

static void record_success(struct work *work, const struct job *job)
{
        Notifications__DeliverySucceeded succeeded = NOTIFICATIONS__DELIVERY_SUCCEEDED__INIT;
        succeeded.notice_id = id_to(work->arena, job->due.name.id);
        work_record(work, &succeeded.base);
}

static void record_failure(struct work *work, const struct job *job)
{
        const struct verdict *verdict = &job->verdict;
        Notifications__DeliveryFailed failed = NOTIFICATIONS__DELIVERY_FAILED__INIT;
        failed.notice_id = id_to(work->arena, job->due.name.id);
        failed.reason = (char *)(uintptr_t)job->result.reason;
        failed.attempt = verdict->attempt;
        failed.given_up = verdict->given_up;
        failed.retry_at = verdict->given_up ? NULL : instant_to(work->arena, verdict->retry_at_ms);
        work_record(work, &failed.base);
}

static void record_delivery(struct work *work, const struct job *job)
{
        if (job->result.done)
                record_success(work, job);
        else
                record_failure(work, job);
}

const struct job_kind delivery_kind = {
        .number = JOB_MAIL,
        .name = "mail",
        .at_once = DAEMON_CHANNELS,
        .backoff = {30 * 1000, 6 * 3600 * 1000, 10}, /* the last one four hours and a quarter after the first */
        .ready = ready,
        .load = load,
        .run = run,
        .record = record_delivery,
};
