/* parked.h: mails that were given up, and who may look after them. */
#ifndef TESTS_UNIT_SERVICES_NOTIFICATIONS_PARKED_H
#define TESTS_UNIT_SERVICES_NOTIFICATIONS_PARKED_H

#include "tests/unit/services/notifications/fixture.h"

struct given_up {
        struct id notice;
        const char *reason;
};

static inline void record_given_up(struct work *work, void *argument)
{
        const struct given_up *given_up = argument;
        Notifications__DeliveryFailed failed = NOTIFICATIONS__DELIVERY_FAILED__INIT;
        failed.notice_id = id_to(work->arena, given_up->notice);
        failed.reason = arena_text(work->arena, given_up->reason);
        failed.attempt = 1;
        failed.given_up = true;
        work_record(work, &failed.base);
}

static inline void give_up(struct fixture *f, struct id notice, const char *reason)
{
        struct given_up given_up = {notice, reason};
        assert_int_equal(write_internal(f, record_given_up, &given_up), 0);
}

static inline struct id notice_of(struct fixture *f, uint8_t n)
{
        return id_of(inbox(f, n)->notices[0]->notice_id);
}

static inline Wire__Passport *operator_of(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*");
}

#endif
