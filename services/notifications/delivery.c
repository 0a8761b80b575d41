#include "services/notifications/delivery.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/engine.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/address.h"
#include "services/notifications/mail.h"
#include "services/notifications/schedule.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

/* FREE -> SENDING (a worker has it) -> RECORDING (the writer has it) -> FREE. The outbox holds the mail all along. */
enum slot_state { SLOT_FREE, SLOT_SENDING, SLOT_RECORDING, SLOT_UNRECORDED };

struct slot {
        struct delivery *owner;
        enum slot_state state;
        struct smtp_channel *channel;
        uv_work_t work;
        struct arena arena; /* of the mail */
        struct mail mail;
        struct smtp_result result;
        struct schedule next; /* what was recorded of a failure */
        uint32_t attempt;
};

struct delivery {
        struct service *service;
        const struct smtp_settings *settings;
        struct slot slots[DELIVERY_CONCURRENCY];
        uv_timer_t timer;
        bool serving;
        atomic_bool quit;
        struct delivery_figures figures;
};

struct delivery *delivery_new(const struct smtp_settings *settings)
{
        struct delivery *delivery = calloc(1, sizeof(*delivery));
        require(delivery != NULL && settings->url != NULL);
        delivery->settings = settings;
        for (size_t i = 0; i < ARRAY_SIZE(delivery->slots); i++) {
                delivery->slots[i].owner = delivery;
                delivery->slots[i].channel = smtp_open(settings, &delivery->quit);
                delivery->slots[i].work.data = &delivery->slots[i];
        }
        return delivery;
}

void delivery_free(struct delivery *delivery)
{
        if (delivery == NULL)
                return;
        for (size_t i = 0; i < ARRAY_SIZE(delivery->slots); i++) {
                require(delivery->slots[i].state != SLOT_SENDING);
                smtp_close(delivery->slots[i].channel);
                arena_fini(&delivery->slots[i].arena);
        }
        free(delivery);
}

static void on_timer(uv_timer_t *timer);

static void free_slot(struct slot *slot)
{
        slot->state = SLOT_FREE;
        slot->owner->figures.under_way--;
        arena_reset(&slot->arena);
}

/* --- 3. recording what came of it -------------------------------------------------------------------------------- */

static void record_success(struct work *work, struct id notice)
{
        Notifications__DeliverySucceeded succeeded = NOTIFICATIONS__DELIVERY_SUCCEEDED__INIT;
        succeeded.notice_id = id_to(work->arena, notice);
        work_record(work, &succeeded.base);
}

static void record_failure(struct work *work, struct slot *slot, uint32_t attempt)
{
        slot->attempt = attempt;
        slot->next = schedule_after_failure(attempt, slot->result.permanent, work->now_ms);
        Notifications__DeliveryFailed failed = NOTIFICATIONS__DELIVERY_FAILED__INIT;
        failed.notice_id = id_to(work->arena, slot->mail.id);
        failed.reason = slot->result.reason;
        failed.attempt = attempt;
        failed.given_up = slot->next.given_up;
        failed.retry_at = slot->next.given_up ? NULL : instant_to(work->arena, slot->next.retry_at_ms);
        work_record(work, &failed.base);
}

/* Writer thread: the loop does not touch the slot meanwhile. */
static void record(struct work *work, void *argument)
{
        struct slot *slot = argument;
        const Notifications__NoticeRow *notice = store_find_notice(work->txn, slot->mail.id, work->arena);
        const Notifications__AddressRow *address = store_find_address(work->txn, slot->mail.id, work->arena);
        bool waits = notice != NULL    ? notice->delivery == NOTIFICATIONS__DELIVERY_STATE__QUEUED
                     : address != NULL ? address->due_at != NULL
                                       : false;
        if (!waits)
                return;
        if (slot->result.accepted)
                record_success(work, slot->mail.id);
        else
                record_failure(work, slot, (notice != NULL ? notice->attempts : address->attempts) + 1);
}

static void count_and_tell(struct slot *slot)
{
        struct delivery_figures *figures = &slot->owner->figures;
        if (slot->result.accepted) {
                figures->sent++;
                return;
        }
        char id[ID_TEXT_SIZE];
        id_format(slot->mail.id, id);
        figures->failed++;
        log_line(slot->next.given_up ? LOG_WARN : LOG_INFO, slot->next.given_up ? "mail.given_up" : "mail.failed",
                 "notice %s, attempt %u: %s", id, slot->attempt, slot->result.reason);
}

static void recorded(void *argument, int err)
{
        struct slot *slot = argument;
        struct delivery *delivery = slot->owner;
        if (err == 0) {
                count_and_tell(slot);
                free_slot(slot);
                delivery_look(delivery);
                return;
        }
        slot->state = SLOT_UNRECORDED; /* the server has it: forgetting that would send it again */
        if (!atomic_load(&delivery->quit))
                require(uv_timer_start(&delivery->timer, on_timer, DELIVERY_RECORD_AGAIN_MS, 0) == 0);
}

static void start_recording(struct slot *slot)
{
        slot->state = SLOT_RECORDING;
        service_write(slot->owner->service, record, recorded, slot);
}

/* --- 2. sending -------------------------------------------------------------------------------------------------- */

/* Worker thread. */
static void send_mail(uv_work_t *work)
{
        struct slot *slot = work->data;
        struct slice message;
        struct err_info info;
        if (mail_compose(&slot->mail, &slot->arena, &message, &info) == 0) {
                smtp_send(slot->channel, slot->mail.to, message, &slot->result);
                mail_hide_addresses(slot->result.reason);
                return;
        }
        slot->result = (struct smtp_result){.permanent = true};
        (void)snprintf(slot->result.reason, sizeof(slot->result.reason), "%s", info.text);
}

static void sent(uv_work_t *work, int status)
{
        struct slot *slot = work->data;
        (void)status; /* never cancelled */
        if (atomic_load(&slot->owner->quit)) {
                free_slot(slot); /* the writer is gone; the outbox still holds the mail */
                return;
        }
        start_recording(slot);
}

/* A notice, to the address that was confirmed; its `to` is NULL where that was removed meanwhile. */
static struct mail mail_of_notice(struct engine *engine, struct txn *txn, const Notifications__NoticeRow *row,
                                  struct arena *arena)
{
        const Notifications__PostingRow *posting = store_find_posting(txn, row->posting, arena);
        const Notifications__SealedAddress *address = address_open(engine, txn, row->address_id, arena);
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

static struct mail mail_of_code(struct engine *engine, struct txn *txn, struct id id, struct arena *arena)
{
        const Notifications__AddressRow *row = store_find_address(txn, id, arena);
        const Notifications__SealedAddress *address = address_open(engine, txn, id_to(arena, id), arena);
        require(row != NULL); /* apply() deletes both rows together */
        if (address == NULL)
                return (struct mail){0};
        return (struct mail){
                .at_ms = row->expires_at->ms - CODE_LIFE_MS,
                .to = address->email,
                .subject = ADDRESS_MAIL_SUBJECT,
                .text = address_mail_text(address->code, arena),
        };
}

static void start_sending(struct slot *slot, struct txn *txn, struct id id)
{
        struct arena *arena = &slot->arena;
        struct engine *engine = service_engine(slot->owner->service);
        const Notifications__NoticeRow *row = store_find_notice(txn, id, arena);
        slot->mail = row != NULL ? mail_of_notice(engine, txn, row, arena) : mail_of_code(engine, txn, id, arena);
        slot->mail.id = id;
        slot->mail.from = slot->owner->settings->from;
        slot->owner->figures.under_way++;
        if (slot->mail.to == NULL) { /* nobody to send to: given up at once */
                slot->result = (struct smtp_result){.permanent = true, .reason = "the address was removed"};
                start_recording(slot);
                return;
        }
        slot->state = SLOT_SENDING;
        require(uv_queue_work(service_loop(slot->owner->service), &slot->work, send_mail, sent) == 0);
}

/* --- 1. looking for what is due ---------------------------------------------------------------------------------- */

static struct slot *slot_of(struct delivery *delivery, struct id notice)
{
        for (size_t i = 0; i < ARRAY_SIZE(delivery->slots); i++) {
                struct slot *slot = &delivery->slots[i];
                if (slot->state != SLOT_FREE && id_equal(slot->mail.id, notice))
                        return slot;
        }
        return NULL;
}

static struct slot *free_slot_of(struct delivery *delivery)
{
        for (size_t i = 0; i < ARRAY_SIZE(delivery->slots); i++) {
                if (delivery->slots[i].state == SLOT_FREE)
                        return &delivery->slots[i];
        }
        return NULL;
}

/* Starts what is due while slots are free. How long until the next is due; -1: nothing more to wait for but a slot. */
static int64_t start_due(struct delivery *delivery, struct txn *txn, int64_t now_ms)
{
        struct outbox_walk walk = store_outbox(txn);
        struct slot *slot;
        int64_t wait_ms = -1;
        while ((slot = free_slot_of(delivery)) != NULL && store_outbox_next(&walk)) {
                if (slot_of(delivery, walk.notice) != NULL)
                        continue;
                if (walk.due_ms > now_ms) {
                        wait_ms = walk.due_ms - now_ms;
                        break;
                }
                start_sending(slot, txn, walk.notice);
        }
        scan_end(&walk.scan);
        return wait_ms;
}

static void on_timer(uv_timer_t *timer)
{
        struct delivery *delivery = timer->data;
        for (size_t i = 0; i < ARRAY_SIZE(delivery->slots); i++) {
                if (delivery->slots[i].state == SLOT_UNRECORDED)
                        start_recording(&delivery->slots[i]);
        }
        delivery_look(delivery);
}

static bool any_unrecorded(const struct delivery *delivery)
{
        for (size_t i = 0; i < ARRAY_SIZE(delivery->slots); i++) {
                if (delivery->slots[i].state == SLOT_UNRECORDED)
                        return true;
        }
        return false;
}

void delivery_look(struct delivery *delivery)
{
        if (!delivery->serving || atomic_load(&delivery->quit) || free_slot_of(delivery) == NULL)
                return;
        struct world *world = engine_world(service_engine(delivery->service));
        struct txn *txn = service_begin_read(delivery->service);
        int64_t wait_ms = start_due(delivery, txn, world->now_ms(world));
        service_end_read(delivery->service, txn);
        if (wait_ms < 0 || any_unrecorded(delivery)) /* that timer is set already */
                return;
        uint64_t bounded = wait_ms < DELIVERY_LOOK_AGAIN_MS_MAX ? (uint64_t)wait_ms : DELIVERY_LOOK_AGAIN_MS_MAX;
        require(uv_timer_start(&delivery->timer, on_timer, bounded, 0) == 0);
}

void delivery_serve(struct delivery *delivery, struct service *service)
{
        delivery->service = service;
        require(uv_timer_init(service_loop(service), &delivery->timer) == 0);
        delivery->timer.data = delivery;
        delivery->serving = true;
        delivery_look(delivery);
}

void delivery_quit(struct delivery *delivery)
{
        atomic_store(&delivery->quit, true);
        uv_close((uv_handle_t *)&delivery->timer, NULL);
}

struct delivery_figures delivery_figures(const struct delivery *delivery)
{
        return delivery->figures;
}
