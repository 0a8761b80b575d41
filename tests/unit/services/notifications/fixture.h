/* fixture.h: a notifications daemon under test, those who subscribe to it, and what other daemons tell it. */
#ifndef TESTS_UNIT_SERVICES_NOTIFICATIONS_FIXTURE_H
#define TESTS_UNIT_SERVICES_NOTIFICATIONS_FIXTURE_H

#include "tests/lib/engine_fixture.h"

#include "contracts/events.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "notifications/events.pb-c.h"
#include "notifications/queries.pb-c.h"
#include "services/notifications/address.h"
#include "services/notifications/config.h"
#include "services/notifications/dispatch.h"
#include "services/notifications/store.h"
#include "tracking/events.pb-c.h"

#define STATE(name) NOTIFICATIONS__DELIVERY_STATE__##name
#define KIND(name)  NOTIFICATIONS__NOTICE_KIND__##name

/* With a mail server that nobody asks: deliveries are queued and stay so. */
static const struct notifications_config config_with_mail = {
        "smtp://127.0.0.1:9", "guichet@exemple.fr", "", "", "none", "https://guichet.example", ""};
static const struct notifications_config config_without_mail = {"", "", "", "", "try", "", ""};

static inline int setup(void **state)
{
        return fixture_open(state, &notifications_spec, &config_with_mail);
}

static inline int setup_without_mail(void **state)
{
        return fixture_open(state, &notifications_spec, &config_without_mail);
}

static inline struct id organisation(uint8_t n)
{
        struct id id = {{0x01, 0x92, 0, 0, 0, n, 0x70, 0, 0x80}};
        id.b[15] = n;
        return id;
}

/* A prescriber of the Haute-Garonne and the Ariège. */
static inline Wire__Passport *prescriber(struct fixture *f, uint8_t n)
{
        struct id id = organisation(n);
        return fixture_actor(f, TYPES__ROLE__PRESCRIBER, &id, "31 09");
}

static inline Wire__Passport *facilitator(struct fixture *f, const char *territories)
{
        return fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, territories);
}

static inline Notifications__Subscribe subscribing(struct fixture *f, const char *territory, const char *email)
{
        Notifications__Subscribe command = NOTIFICATIONS__SUBSCRIBE__INIT;
        command.organisation_name = arena_text(&f->arena, "Mission locale du Lauragais");
        command.territory = arena_text(&f->arena, territory);
        command.email = arena_text(&f->arena, email);
        return command;
}

/* The address that awaits its code; NULL: none. */
static inline const Notifications__SealedAddress *awaiting(struct fixture *f, const Types__Id *subscription)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Notifications__SubscriptionRow *row = store_find_subscription(txn, id_of(subscription), &f->arena);
        const Notifications__SealedAddress *address =
                row == NULL ? NULL : address_open(f->engine, txn, row->awaiting_id, &f->arena);
        txn_end_read(txn);
        return address;
}

static inline Notifications__ConfirmAddress *typing(struct fixture *f, Types__Id *subscription, const char *code)
{
        Notifications__ConfirmAddress *command = pb_new(&notifications__confirm_address__descriptor, &f->arena);
        command->subscription_id = subscription;
        command->code = arena_text(&f->arena, code);
        return command;
}

/* With its address confirmed, if it has one. */
static inline Types__Id *subscribe(struct fixture *f, uint8_t n, const char *territory, const char *email)
{
        Notifications__Subscribe command = subscribing(f, territory, email);
        const Notifications__SubscribeReply *reply = fixture_get(f, prescriber(f, n), "Subscribe", &command);
        if (reply->awaits_confirmation) {
                const Notifications__ConfirmAddressReply *done =
                        fixture_get(f, prescriber(f, n), "ConfirmAddress",
                                    typing(f, reply->subscription_id, awaiting(f, reply->subscription_id)->code));
                assert_true(done->confirmed);
        }
        return reply->subscription_id;
}

static inline const Notifications__InboxReply *inbox(struct fixture *f, uint8_t n)
{
        Notifications__InboxRequest query = NOTIFICATIONS__INBOX_REQUEST__INIT;
        return fixture_get(f, prescriber(f, n), "Inbox", &query);
}

static inline const Notifications__InboxReply *recent(struct fixture *f)
{
        Notifications__RecentNoticesRequest query = NOTIFICATIONS__RECENT_NOTICES_REQUEST__INIT;
        return fixture_get(f, facilitator(f, "*"), "RecentNotices", &query);
}

static inline Contracts__NeedDeclared need_in(struct fixture *f, const char *territory)
{
        Contracts__NeedDeclared need = CONTRACTS__NEED_DECLARED__INIT;
        need.need_id = id_to(&f->arena, organisation(200));
        need.rome_code = arena_text(&f->arena, "F1703");
        need.title = arena_text(&f->arena, "Maçon coffreur");
        need.positions = 3;
        need.starts_on = day_to(&f->arena, day_of_civil((struct civil){2026, 11, 2}));
        need.commune = arena_text(&f->arena, "31555");
        need.territory = arena_text(&f->arena, territory);
        need.modality = TYPES__MODALITY__DIRECT_HIRE;
        need.contractor_name = arena_text(&f->arena, "Bâtiment du Midi");
        return need;
}

/* Events of one source, numbered as they come. */
static inline void feed_contracts(struct fixture *f, Contracts__Event *event)
{
        assert_int_equal(engine_feed(f->engine, "contracts-1", engine_source_position(f->engine, "contracts-1") + 1,
                                     &event->base),
                         0);
}

static inline void feed_tracking(struct fixture *f, Tracking__Event *event)
{
        assert_int_equal(
                engine_feed(f->engine, "tracking-1", engine_source_position(f->engine, "tracking-1") + 1, &event->base),
                0);
}

static inline void declare_need(struct fixture *f, const char *territory)
{
        Contracts__NeedDeclared need = need_in(f, territory);
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        event.body_case = CONTRACTS__EVENT__BODY_NEED_DECLARED;
        event.need_declared = &need;
        feed_contracts(f, &event);
}

static inline void decide_eligibility(struct fixture *f, uint8_t n, const char *territory)
{
        Tracking__EligibilityDecided decided = TRACKING__ELIGIBILITY_DECIDED__INIT;
        struct id who = organisation(n);
        decided.beneficiary_id = id_to(&f->arena, organisation(201));
        decided.prescriber = n == 0 ? NULL : id_to(&f->arena, who);
        decided.eligible = true;
        decided.valid_until = day_to(&f->arena, day_of_civil((struct civil){2028, 10, 12}));
        decided.territory = arena_text(&f->arena, territory);
        Tracking__Event event = TRACKING__EVENT__INIT;
        event.body_case = TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED;
        event.eligibility_decided = &decided;
        feed_tracking(f, &event);
}

/* Has `fn` run in the writer, as service_write() does. */
static inline int write_internal(struct fixture *f, void (*fn)(struct work *work, void *argument), void *argument)
{
        struct err_info info = {0};
        struct item *item = item_new(f->engine);
        item->kind = ITEM_INTERNAL;
        item->fn = fn;
        item->argument = argument;
        int err = engine_run(f->engine, item, &info);
        item_free(f->engine, &item);
        return err;
}

/* What is in the outbox: how many, and the first. */
static inline size_t outbox(struct fixture *f, int64_t *ret_first_due_ms)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct walk walk;
        size_t count = 0;
        due_walk(txn, &notifications_due, JOB_MAIL, &walk);
        while (walk_step(&walk)) {
                if (count++ == 0 && ret_first_due_ms != NULL)
                        *ret_first_due_ms = due_walk_at_ms(&walk);
        }
        walk_end(&walk);
        txn_end_read(txn);
        return count;
}

#endif
