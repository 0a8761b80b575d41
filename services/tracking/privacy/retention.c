#include "services/tracking/privacy/retention.h"

#include <string.h>

#include "common/codec/types.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/rules/context.h"
#include "tracking/events.pb-c.h"

#define DAY_MS    ((int64_t)86400000)
#define HELD_DAYS 30
#define AT_ONCE   8

static int64_t later(int64_t a, int64_t b)
{
        return a > b ? a : b;
}

static int64_t months_after(int64_t at_ms, uint32_t months)
{
        struct day day = day_add_months(day_of_instant_ms(at_ms), (int)months);
        return (int64_t)day_number(day) * DAY_MS + at_ms % DAY_MS;
}

struct retention_step retention_next(const struct retention_facts *facts, const Tracking__RetentionRule *rule,
                                     int64_t now_ms)
{
        int64_t notice_ms = rule->notice_days * DAY_MS;
        int64_t person_end = months_after(facts->last_contact_ms, rule->person_months);
        int64_t file_end =
                facts->work_ended_ms == 0 ? 0 : months_after(facts->work_ended_ms, rule->contract_file_months);
        int64_t end = facts->archived ? later(person_end, file_end) : person_end;
        struct retention_step step = {.does = RETENTION_WAITS, .archived = facts->archived};

        if (facts->is_held)
                step.look_at_ms = now_ms + HELD_DAYS * DAY_MS;
        else if (now_ms < end - notice_ms)
                step.look_at_ms = end - notice_ms;
        else if (facts->ends_at_ms == 0)
                step.look_at_ms = step.ends_at_ms = later(end, now_ms + notice_ms);
        else if (now_ms < facts->ends_at_ms)
                step.look_at_ms = step.ends_at_ms = facts->ends_at_ms;
        else if (!facts->archived && file_end - notice_ms > now_ms) {
                step.archived = true;
                step.look_at_ms = file_end - notice_ms;
        } else
                step.does = RETENTION_ERASES;
        return step;
}

/* ---- the job */

static const Tracking__PrivacyVersion *rules_of(const struct work *work)
{
        return dated_on(&tracking_of(work)->privacy, work->today);
}

static bool opens_archive(const struct work *work, const char *reason_code)
{
        const Tracking__RetentionRule *rule = rules_of(work)->retention;
        for (size_t i = 0; i < rule->n_archive_reasons; i++)
                if (strcmp(rule->archive_reasons[i], reason_code) == 0)
                        return true;
        return false;
}

bool retention_lets_open(const struct work *work, const Tracking__BeneficiaryRow *row, const char *reason_code,
                         struct refusal *ret)
{
        if (!row->archived || opens_archive(work, reason_code))
                return true;
        return refuse(
                ret, TYPES__REFUSAL_CODE__WRONG_STATE, "reason_code",
                "Ce dossier est archivé depuis que sa durée de conservation est échue : il ne s'ouvre que pour "
                "répondre à la personne ou à une réclamation. Une nouvelle décision ou un nouveau parcours le rouvre.");
}

static struct retention_facts facts_of(const struct work *work, const Tracking__BeneficiaryRow *row,
                                       const struct erased_things *things)
{
        struct refusal refusal;
        struct retention_facts facts = {
                .last_contact_ms = row->last_contact_ms,
                .ends_at_ms = row->ends_at_ms,
                .archived = row->archived,
                .is_held = row->restriction_code[0] != '\0' || !erasure_may(work, things, &refusal),
        };
        for (size_t i = 0; i < things->placement_count; i++) {
                struct placement placement;
                if (tracking_placement(work->txn, things->placements[i], &placement) && placement.ended)
                        facts.work_ended_ms =
                                later(facts.work_ended_ms, (int64_t)day_number(placement.ended_on) * DAY_MS);
        }
        return facts;
}

/* A contact with the person is one for all her files. */
static int64_t last_contact_of(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row)
{
        struct files files = identity_files(work->txn, id);
        int64_t last = row->last_contact_ms;
        for (size_t i = 0; i < files.count && files.count > 1; i++) {
                const Tracking__BeneficiaryRow *other = tracking_beneficiary(work->txn, files.at[i], work->arena);
                last = other == NULL ? last : later(last, other->last_contact_ms);
        }
        return last;
}

static void record_step(struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                        const struct retention_step *step)
{
        Tracking__RetentionLooked looked = TRACKING__RETENTION_LOOKED__INIT;
        looked.beneficiary_id = id_to(work->arena, id);
        looked.territory = row->territory;
        looked.look_at = instant_to(work->arena, step->look_at_ms);
        looked.ends_at = step->ends_at_ms != 0 ? instant_to(work->arena, step->ends_at_ms) : NULL;
        looked.archived = step->archived;
        looked.rules_version = rules_of(work)->version;
        work_record(work, &looked.base);
}

void retention_look(struct work *work, const struct job *job)
{
        struct id id = job->due.name.id;
        struct erased_things things;
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        if (row == NULL || homes_is_held(work->txn, id))
                return; /* the transaction has failed; its commit will tell; or she is on her way */
        erased_things_of(work->txn, id, work->arena, &things);
        struct retention_facts facts = facts_of(work, row, &things);
        facts.last_contact_ms = last_contact_of(work, id, row);
        struct retention_step step = retention_next(&facts, rules_of(work)->retention, work->now_ms);
        if (step.does == RETENTION_ERASES)
                erasure_record(work, id, &things, "END_OF_RETENTION");
        else
                record_step(work, id, row, &step);
}

const struct job_kind retention_job = {
        .number = JOB_RETENTION,
        .name = "retention",
        .at_once = AT_ONCE,
        .backoff = {.first_ms = DAY_MS, .longest_ms = DAY_MS, .attempts_max = UINT32_MAX},
        .ready = jobs_may_run,
        .record = retention_look,
};
