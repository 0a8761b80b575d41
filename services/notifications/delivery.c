#include "services/notifications/delivery.h"

#include <stdio.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "accounts/links.pb-c.h"
#include "accounts/mail.pb-c.h"
#include "common/clients/speak.h"
#include "common/service/engine.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/account_mail.h"
#include "services/notifications/address.h"
#include "services/notifications/daemon.h"
#include "services/notifications/mail.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

static bool ready(void *context)
{
        return daemon_sends_mail(context);
}

/* A mail on its way, with the link that it is to carry. Security: the link's secret is drawn as the mail leaves, stands
 * in the memory of its job alone, and is gone with it. */
struct letter {
        struct mail mail;
        bool is_to_account; /* accounts says where it goes, and what happened */
        const Accounts__MailToSendReply *told;
        const Notifications__NoticeLink *link; /* NULL: it carries none */
        const Notifications__NoticeRow *notice;
        const char *territory;
        struct speak speak;
        struct job *job;
        void (*then)(struct job *job);
};

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
        struct letter *letter = arena_zalloc(&job->arena, sizeof(*letter));
        struct mail *mail = &letter->mail;
        const Notifications__NoticeRow *row = store_find_notice(txn, job->due.name.id, &job->arena);
        job->data = letter;
        letter->job = job;
        letter->is_to_account = store_account_mail(txn, job->due.name.id, &job->arena) != NULL;
        if (letter->is_to_account)
                return true;
        *mail = row != NULL ? mail_of_notice(job, txn, row) : mail_of_code(job, txn);
        mail->id = job->due.name.id;
        mail->from = daemon_smtp(job->context)->from;
        mail->foot = words_merge(texts_at(job, mail->at_ms), "mail_foot", NULL, 0, &job->arena).text;
        if (row != NULL && row->link != NULL && daemon_public_address(job->context) != NULL) {
                letter->link = row->link;
                letter->notice = row;
                letter->territory = store_find_posting(txn, row->posting, &job->arena)->territory;
        }
        if (mail->to != NULL)
                return true;
        job->result = (struct job_result){.permanent = true, .reason = "the address was removed"};
        return false;
}

/* --- 2. its link ------------------------------------------------------------------------------------------------- */

static void end(struct letter *letter, bool permanent, const char *reason)
{
        letter->job->result = (struct job_result){.permanent = permanent};
        (void)snprintf(letter->job->result.reason, sizeof(letter->job->result.reason), "%s", reason);
        letter->then(letter->job);
}

static void put_link(struct letter *letter, const char *token, const Types__Instant *ends)
{
        struct arena *arena = &letter->job->arena;
        const char *address = arena_printf(arena, "%s/l/%s", daemon_public_address(letter->job->context), token);
        const char *until = french_day(arena, local_day(letter->territory, ends->ms));
        struct words words = link_mail(texts_at(letter->job, letter->mail.at_ms), address, until, arena);
        letter->mail.text = arena_printf(arena, "%s\n%s", letter->mail.text, words.text);
}

static void on_drawn(void *argument, const struct speak_answer *answer)
{
        struct letter *letter = argument;
        if (answer->body == NULL && answer->refusal == NULL) {
                end(letter, false, "accounts does not answer: the link is not drawn");
                return;
        }
        if (answer->refusal != NULL && answer->refusal->code == TYPES__REFUSAL_CODE__NOT_AUTHENTICATED) {
                end(letter, false, "accounts does not know this daemon's signature: guichetctl init, then start");
                return;
        }
        if (answer->refusal != NULL) {
                end(letter, true, "the link opens nothing any more");
                return;
        }
        if (letter->link->link_id != NULL) {
                const Accounts__DrawLinkReply *drawn = (const Accounts__DrawLinkReply *)answer->body;
                put_link(letter, drawn->token, drawn->ends);
        } else {
                const Accounts__LinkReply *made = (const Accounts__LinkReply *)answer->body;
                put_link(letter, made->token, made->ends);
        }
        letter->then(letter->job);
}

/* One that was made before; or a new one, of what the notice tells. */
static const ProtobufCMessage *wish_of(struct letter *letter)
{
        struct arena *arena = &letter->job->arena;
        if (letter->link->link_id != NULL) {
                Accounts__DrawLink *draw = pb_new(&accounts__draw_link__descriptor, arena);
                draw->link_id = letter->link->link_id;
                return &draw->base;
        }
        Accounts__MakeLink *make = pb_new(&accounts__make_link__descriptor, arena);
        make->purpose = letter->link->purpose;
        make->role = letter->link->role;
        make->organisation_id = letter->notice->organisation_id;
        make->object_id =
                letter->link->object_id != NULL ? letter->link->object_id : id_to(arena, letter->job->due.name.id);
        make->territory = (char *)(uintptr_t)letter->territory;
        return &make->base;
}

/* ---- of a mail to who has an account */

static void speak_of(struct letter *letter, const char *method, const ProtobufCMessage *request,
                     void (*answer)(void *argument, const struct speak_answer *answer))
{
        struct service *service = daemon_service(letter->job->context);
        letter->speak = (struct speak){
                .to = topology_of_service(service_topology(service), "accounts", 0),
                .method = method,
                .request = request,
                .key = letter->job->due.name.id,
                .answer = answer,
                .argument = letter,
        };
        speak_ask(service, &letter->speak);
}

static const char *organisation_of(const struct letter *letter)
{
        const Types__Id *id = letter->told->organisation_id;
        struct service *service = daemon_service(letter->job->context);
        if (id == NULL)
                return NULL;
        struct txn *txn = service_begin_read(service);
        const Notifications__OrganisationCopy *copy = store_organisation_copy(txn, id_of(id), &letter->job->arena);
        service_end_read(service, txn);
        return copy == NULL ? NULL : copy->name;
}

static void write_to_account(struct letter *letter, const Accounts__DrawMailReply *drawn)
{
        struct job *job = letter->job;
        const Texts__TextVersion *texts = texts_at(job, letter->told->at->ms);
        const struct account_mail mail = {letter->told, drawn, organisation_of(letter),
                                          daemon_public_address(job->context)};
        struct words words = account_mail_words(texts, &mail, &job->arena);
        if (words.title == NULL) {
                end(letter, true, "no words for such a mail");
                return;
        }
        letter->mail = (struct mail){
                .id = job->due.name.id,
                .at_ms = letter->told->at->ms,
                .from = daemon_smtp(job->context)->from,
                .to = letter->told->email,
                .subject = words.title,
                .text = words.text,
                .foot = account_mail_foot(texts, &job->arena),
        };
        letter->then(job);
}

/* True once it has been ended: accounts is silent, or says that it is not to leave. */
static bool has_no_answer(struct letter *letter, const struct speak_answer *answer)
{
        if (answer->body != NULL)
                return false;
        if (answer->refusal == NULL)
                end(letter, false, "accounts does not answer");
        else
                end(letter, answer->refusal->code == TYPES__REFUSAL_CODE__NOT_FOUND, answer->refusal->text);
        return true;
}

static void on_secret(void *argument, const struct speak_answer *answer)
{
        struct letter *letter = argument;
        if (!has_no_answer(letter, answer))
                write_to_account(letter, (const Accounts__DrawMailReply *)answer->body);
}

static void on_told(void *argument, const struct speak_answer *answer)
{
        struct letter *letter = argument;
        struct arena *arena = &letter->job->arena;
        if (has_no_answer(letter, answer))
                return;
        letter->told = pb_decode(&accounts__mail_to_send_reply__descriptor, pb_encode(answer->body, arena), arena);
        if (!letter->told->carries_link) {
                write_to_account(letter, NULL);
                return;
        }
        if (daemon_public_address(letter->job->context) == NULL) {
                end(letter, true, "the network has no address for people (public_address)");
                return;
        }
        Accounts__DrawMail *draw = pb_new(&accounts__draw_mail__descriptor, arena);
        draw->mail_id = id_to(arena, letter->job->due.name.id);
        speak_of(letter, "accounts.DrawMail", &draw->base, on_secret);
}

static void ask_accounts(struct letter *letter)
{
        struct arena *arena = &letter->job->arena;
        Accounts__MailToSendRequest *request = pb_new(&accounts__mail_to_send_request__descriptor, arena);
        request->mail_id = id_to(arena, letter->job->due.name.id);
        speak_of(letter, "accounts.MailToSend", &request->base, on_told);
}

/* ---- of any */

/* By the key of the mail itself: one that is tried again carries the same link, as long as accounts remembers. */
static void ask(struct job *job, void (*then)(struct job *job))
{
        struct letter *letter = job->data;
        struct service *service = daemon_service(job->context);
        letter->then = then;
        if (letter->link == NULL && !letter->is_to_account) {
                then(job);
                return;
        }
        const struct instance *accounts =
                service == NULL ? NULL : topology_of_service(service_topology(service), "accounts", 0);
        if (accounts == NULL) {
                end(letter, false, "nobody draws links here");
                return;
        }
        if (letter->is_to_account) {
                ask_accounts(letter);
                return;
        }
        letter->speak = (struct speak){
                .to = accounts,
                .method = letter->link->link_id != NULL ? "accounts.DrawLink" : "accounts.MakeLink",
                .request = wish_of(letter),
                .key = job->due.name.id,
                .answer = on_drawn,
                .argument = letter,
        };
        speak_ask(service, &letter->speak);
}

/* --- 3. sending -------------------------------------------------------------------------------------------------- */

static void run(struct job *job)
{
        const struct mail *mail = &((const struct letter *)job->data)->mail;
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

/* --- 4. recording what came of it -------------------------------------------------------------------------------- */

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
        .ask = ask,
        .run = run,
        .record = record_delivery,
};
