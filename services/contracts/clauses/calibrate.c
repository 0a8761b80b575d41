/* calibrate: what a calculation would give, with its equivalents and what is odd about it. Nothing is stored.
 * Caller: facilitator, coordinator, auditor, buyer, company.  Refuses: INVALID_FIELD (calibration). */
#include "services/contracts/clauses/clauses.h"

#include "contracts/queries.pb-c.h"
#include "services/contracts/context.h"

static void add_warnings(struct work *work, const struct calibration_warnings *warnings,
                         Contracts__CalibrateReply *reply)
{
        reply->warnings = arena_alloc(work->arena, (warnings->count + 1) * sizeof(*reply->warnings));
        for (size_t i = 0; i < warnings->count; i++)
                reply->warnings[i] = arena_text(work->arena, warnings->text[i]);
        reply->n_warnings = warnings->count;
}

struct reply handle_calibrate(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CalibrateRequest *query = (const Contracts__CalibrateRequest *)message;
        const struct calibration_rules *rules = calibration_file_on(&context_of(work)->calibration, work->today);
        struct calibration_warnings warnings;
        struct calibration_result result;
        struct calibration calibration;
        struct refusal refusal;

        if (!calibration_read(query->calibration, rules, &calibration, &refusal) ||
            !calibration_compute(&calibration, rules, &result, &refusal))
                return reply_refusal(work, &refusal);
        calibration_warn(&calibration, &result, rules, &warnings);

        Contracts__CalibrateReply *reply = pb_new(&contracts__calibrate_reply__descriptor, work->arena);
        reply->hours = hours_to(work->arena, result.rounded);
        reply->exact = hours_to(work->arena, result.exact);
        reply->weeks_35h = hours_to(work->arena, result.weeks);
        reply->full_time_equivalent = decimal_to(work->arena, result.full_time_equivalent);
        add_warnings(work, &warnings, reply);
        return reply_ok(work, reply);
}
