#include "services/tracking/hours/history.h"

#include <string.h>

#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "common/store/eventlog.h"
#include "common/store/stored.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/hours_words.h"
#include "services/tracking/rules/context.h"
#include "tracking/events.pb-c.h"

uint64_t hours_newest_event(const struct work *work, struct id placement_id, struct month month)
{
        struct statement row;
        return tracking_statement_row(work->txn, month, placement_id, &row) ? row.version : 0;
}

const char *hours_return_label(const struct work *work, const char *code)
{
        const Tracking__HoursRules *rules = (const Tracking__HoursRules *)tracking_of(work)->hours.root;
        for (size_t i = rules->n_versions; i > 0; i--)
                for (size_t n = 0; n < rules->versions[i - 1]->n_return_reasons; n++)
                        if (strcmp(rules->versions[i - 1]->return_reasons[n]->code, code) == 0)
                                return rules->versions[i - 1]->return_reasons[n]->label;
        return "";
}

/* ---- what each kind of event says */

static void put_submitted(const struct work *work, const Tracking__HoursSubmitted *submitted,
                          Tracking__HoursEntry *entry)
{
        entry->act = TRACKING__HOURS_ACT__ACT_STATED;
        entry->hours = submitted->hours;
        entry->training = submitted->training;
        entry->organisation = submitted->organisation;
        entry->batch_id = submitted->batch_id;
        entry->happened_on = submitted->stated_on;
        const Tracking__OrganisationCopy *organisation =
                submitted->organisation == NULL
                        ? NULL
                        : tracking_organisation(work->txn, id_of(submitted->organisation), work->arena);
        if (organisation != NULL)
                entry->organisation_name = organisation->name;
}

static void put_validated(const Tracking__HoursValidated *validated, Tracking__HoursEntry *entry)
{
        entry->act = TRACKING__HOURS_ACT__ACT_VALIDATED;
        entry->hours = validated->hours;
        entry->happened_on = validated->validated_on;
        entry->accepted = validated->accepted;
        entry->n_accepted = validated->n_accepted;
}

static void put_returned(const struct work *work, const Tracking__HoursReturned *returned, Tracking__HoursEntry *entry)
{
        entry->act = TRACKING__HOURS_ACT__ACT_SENT_BACK;
        entry->hours = returned->hours;
        entry->happened_on = returned->returned_on;
        entry->code = returned->return_code;
        entry->label = arena_text(work->arena, hours_return_label(work, returned->return_code));
}

static void put_body(const struct work *work, const Tracking__Event *event, Tracking__HoursEntry *entry)
{
        /* Not a switch: tracking has other kinds, and none of them changes a month. */
        if (event->body_case == TRACKING__EVENT__BODY_HOURS_SUBMITTED) {
                put_submitted(work, event->hours_submitted, entry);
        } else if (event->body_case == TRACKING__EVENT__BODY_HOURS_VALIDATED) {
                put_validated(event->hours_validated, entry);
        } else if (event->body_case == TRACKING__EVENT__BODY_HOURS_RETURNED) {
                put_returned(work, event->hours_returned, entry);
        } else if (event->body_case == TRACKING__EVENT__BODY_HOURS_SET_TO_CHECK) {
                entry->act = TRACKING__HOURS_ACT__ACT_TO_CHECK;
                entry->hours = event->hours_set_to_check->hours;
        } else if (event->body_case == TRACKING__EVENT__BODY_HOURS_TAKEN_BACK) {
                entry->act = TRACKING__HOURS_ACT__ACT_TAKEN_BACK;
                entry->batch_id = event->hours_taken_back->batch_id;
        }
}

/* Beside what was stated lies how a list names the placement, which is nobody's reason. */
static bool has_words(const Tracking__HoursEntry *entry)
{
        return entry->act == TRACKING__HOURS_ACT__ACT_SENT_BACK || entry->act == TRACKING__HOURS_ACT__ACT_VALIDATED;
}

static void put_words(const struct work *work, const struct placement *placement, const struct log_entry *logged,
                      Tracking__HoursEntry *entry)
{
        if (!has_words(entry) || (logged->sealed.size == 0 && !logged->is_forgotten))
                return;
        if (placement->is_frozen) {
                entry->reason_withheld = true;
                return;
        }
        char *reason = logged->is_forgotten ? NULL : hours_words_open(work, placement, logged->sealed);
        entry->reason_erased = reason == NULL;
        if (reason != NULL)
                entry->reason = reason;
}

Tracking__HoursEntry *hours_entry(const struct work *work, const struct placement *placement, uint64_t number)
{
        struct log_entry logged;
        require_stored(log_get(work->txn, number, &logged)); /* a row says so */
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, logged.record, work->arena);
        require_stored(record != NULL);
        const Tracking__Event *event = pb_decode(&tracking__event__descriptor, pb_slice(record->body), work->arena);
        require_stored(event != NULL);

        Tracking__HoursEntry *entry = pb_new(&tracking__hours_entry__descriptor, work->arena);
        put_body(work, event, entry);
        put_words(work, placement, &logged, entry);
        entry->at = instant_to(work->arena, record->at_ms);
        if (entry->happened_on == NULL)
                entry->happened_on = day_to(work->arena, local_day(placement->territory, record->at_ms));
        entry->user = record->user;
        if (record->account.len == sizeof(struct id))
                entry->account = id_to(work->arena, key_read_id(pb_slice(record->account), 0));
        entry->version = number;
        return entry;
}
