#include "services/tracking/hours/validation.h"

#include "common/base/french.h"
#include "common/base/text.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/hours_words.h"
#include "services/tracking/hours/surroundings.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/placements/coverage.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/events.pb-c.h"

/* ---- is the person eligible */

/* On some day of the month on which the placement ran. Nothing at all may be vouched for of any month. */
static bool is_covered(const struct work *work, const struct validation *v, struct refusal *ret)
{
        struct period periods[PERSON_PERIODS_MAX];
        const struct placement *placement = &v->placement;
        struct month month = month_of(v->command->month);
        struct day first, last;
        if (v->figure == 0)
                return true;
        if (!placement_days_in(placement, month, &first, &last))
                first = last = month_first_day(month);
        else if (day_number(first) <= day_number(placement->granted_until))
                return true; /* no row is read */
        size_t count = identity_periods(work->txn, placement->beneficiary, periods, work->arena);
        if (placement_days_in(placement, month, &first, &last) &&
            placement_is_covered(placement, periods, count, first, last))
                return true;
        coverage_refuse(placement, periods, count, first, ret);
        return false;
}

/* ---- why */

static const char *hours_told(const struct work *work, int64_t hundredths)
{
        return french_hours(work->arena, hours_of_hundredths(hundredths));
}

static bool is_explained(const struct work *work, const struct validation *v, struct refusal *ret)
{
        if (!text_is_empty(v->command->reason))
                return reason_is_sound(v->command->reason, ret);
        if (statement_is_validated(&v->before) && v->before.validated_hundredths != v->figure)
                return refuse(
                        ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                        "%s étaient validées, vous en validez %s : dites pourquoi dans le motif, ceux qui avaient "
                        "déclaré et validé le liront.",
                        hours_told(work, v->before.validated_hundredths), hours_told(work, v->figure));
        if (v->figure != v->declared)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "%s sont déclarées, vous en validez %s : dites pourquoi dans le motif, celui qui les a "
                              "déclarées le lira.",
                              hours_told(work, v->declared), hours_told(work, v->figure));
        return v->findings.count == 0 ||
               refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                      "%s Si le nombre est juste, validez avec un motif.", v->findings.list[0].text);
}

/* ---- */

bool validation_may_be_made(const struct work *work, const Tracking__ValidateHours *command, struct validation *ret,
                            struct refusal *ret_refusal)
{
        struct id id = id_of(command->placement_id);
        struct month month = month_of(command->month);
        *ret = (struct validation){.command = command};
        if (!tracking_placement(work->txn, id, &ret->placement))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "placement_id",
                              "Ce parcours n'existe pas ici : vérifiez son identifiant.");
        if (ret->placement.is_frozen)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id", "%s", PLACEMENT_FROZEN);
        bool is_known = tracking_statement(work->txn, month, id, &ret->before);
        if (!statement_may_validate(is_known ? &ret->before : NULL, ret_refusal) ||
            !statement_day_is_sound(command->validated_on, month, "validated_on", ret_refusal))
                return false;
        ret->declared = statement_declared(&ret->before, hours_rules(work, month));
        ret->figure = command->hours == NULL ? ret->declared : hours_hundredths(hours_of(command->hours));
        ret->is_said_again = ret->before.mark == STATEMENT_UNMARKED && statement_is_validated(&ret->before) &&
                             ret->before.validated_hundredths == ret->figure;
        if (ret->is_said_again)
                return true;
        hours_look(work, &(struct figure){id, &ret->placement, month, ret->figure}, &ret->findings);
        return findings_pass(&ret->findings, ret_refusal) && is_covered(work, ret, ret_refusal) &&
               is_explained(work, ret, ret_refusal);
}

static void put_accepted(struct work *work, const struct validation *v, Tracking__HoursValidated *validated)
{
        validated->accepted = arena_alloc(work->arena, (v->findings.count + 1) * sizeof(char *));
        for (size_t i = 0; i < v->findings.count; i++)
                validated->accepted[validated->n_accepted++] = v->findings.list[i].check->code;
        validated->rules_version = hours_rules(work, month_of(v->command->month))->version;
}

int validation_record(struct work *work, const struct validation *v)
{
        Tracking__HoursValidated validated = TRACKING__HOURS_VALIDATED__INIT;
        struct slice words;
        int err = hours_words_seal(work, &v->placement, v->command->reason, &words);
        if (err != 0)
                return err;
        validated.placement_id = v->command->placement_id;
        validated.month = v->command->month;
        validated.hours = hours_to(work->arena, hours_of_hundredths(v->figure));
        validated.obligation_id = id_to(work->arena, v->placement.obligation);
        validated.beneficiary_id = id_to(work->arena, v->placement.beneficiary);
        validated.modality = (Types__Modality)v->placement.modality;
        validated.territory = arena_text(work->arena, v->placement.territory);
        validated.is_private = v->placement.is_private;
        validated.declared = hours_to(work->arena, hours_of_hundredths(v->declared));
        validated.explained = words.size > 0;
        validated.validated_on = v->command->validated_on;
        put_accepted(work, v, &validated);
        if (statement_is_validated(&v->before))
                validated.replaced = hours_to(work->arena, hours_of_hundredths(v->before.validated_hundredths));
        work_record_sealed(work, &validated.base, words);
        return 0;
}
