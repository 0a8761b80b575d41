/* retention.h: the two clocks of a person's file, run by themselves: in use until so long after the last contact,
 * then archived as long as the file of the contract that she worked on needs it, then erased; where she never had a
 * placement, erased at once. Each end is announced before (RetentionDue). How long: the dated rules
 * (deploy/rules/privacy.json). The step is pure; the job looks at one person when her clock is due
 * (common/service/jobs.h). */
#ifndef SERVICES_TRACKING_PRIVACY_RETENTION_H
#define SERVICES_TRACKING_PRIVACY_RETENTION_H

#include "common/service/jobs.h"
#include "common/service/work.h"
#include "tracking/state.pb-c.h"

/* Instants are UTC milliseconds. */
struct retention_facts {
        int64_t last_contact_ms;
        int64_t work_ended_ms; /* the end of the last placement; 0: she had none */
        int64_t ends_at_ms;    /* announced; 0: not yet */
        bool archived;
        bool is_held; /* restricted, a placement goes on, or hours wait */
};
enum retention_does { RETENTION_WAITS, RETENTION_ERASES };
struct retention_step {
        enum retention_does does;
        int64_t look_at_ms; /* where it waits: until then */
        int64_t ends_at_ms; /* announced from now on; 0: nothing is */
        bool archived;
};
struct retention_step retention_next(const struct retention_facts *facts, const Tracking__RetentionRule *rule,
                                     int64_t now_ms);

extern const struct job_kind retention_job;
void retention_look(struct work *work, const struct job *job); /* the job itself: its record() */

/* May the file be opened for this reason? One that is archived opens to few. */
bool retention_lets_open(const struct work *work, const Tracking__BeneficiaryRow *row, const char *reason_code,
                         struct refusal *ret) ATTR_MUST_CHECK;

#endif
