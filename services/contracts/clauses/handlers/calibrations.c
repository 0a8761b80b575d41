/* calibrations.c: what a clause could demand, without recording anything. */
#include "contracts/calls.h"
#include "services/contracts/clauses/clauses.h"

#include "services/contracts/clauses/basis.h"
#include "services/contracts/clauses/sensitivity.h"

/* calibrate: what a calculation would give, with its equivalents, what is odd about it, and where its figures come
 * from. With a contract, what is left out is that of its lot. Nothing is stored. Caller: facilitator, coordinator,
 * auditor, buyer, company. Refuses: INVALID_FIELD (calibration), NOT_FOUND, NOT_ALLOWED (contract). */
struct reply handle_calibrate(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CalibrateRequest *query = (const Contracts__CalibrateRequest *)message;
        struct calibration_basis basis;
        Contracts__CalibrateReply *reply;
        struct refusal refusal;

        if (!basis_asked(work, query->contract_id, query->lot, &basis, &refusal) ||
            !basis_calculate(work, query->calibration, &basis, &reply, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, reply);
}

/* compare_calibrations: several calculations side by side, each with what its hours depend on. One that cannot be
 * calculated says why, and the others are told all the same. Nothing is stored.
 * Caller: facilitator, coordinator, auditor, buyer.
 * Refuses: INVALID_FIELD (calibrations, sensitivity), NOT_FOUND, NOT_ALLOWED (contract). */
enum { SENSITIVITY_DEFAULT_MILLIONTHS = 100000, SENSITIVITY_MAX_MILLIONTHS = 900000 };

static bool read_share(const Contracts__CompareCalibrationsRequest *query, struct share *ret_by,
                       struct refusal *ret_refusal)
{
        struct share by = query->sensitivity == NULL ? share_of_millionths(SENSITIVITY_DEFAULT_MILLIONTHS)
                                                     : share_of(query->sensitivity);
        if (share_millionths(by) == 0 || share_millionths(by) > SENSITIVITY_MAX_MILLIONTHS)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "sensitivity",
                              "La variation doit aller de plus de 0 %% à 90 %% : par exemple 0.1 pour 10 %%.");
        *ret_by = by;
        return true;
}

static Types__Hours *difference(struct work *work, const Contracts__CalibrateReply *first,
                                const Contracts__CalibrateReply *other)
{
        struct hours apart;
        if (hours_subtract(hours_of(other->hours), hours_of(first->hours), &apart) != 0)
                return NULL;
        return hours_to(work->arena, apart);
}

struct reply handle_compare_calibrations(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CompareCalibrationsRequest *query = (const Contracts__CompareCalibrationsRequest *)message;
        const Contracts__CalibrateReply *first = NULL;
        struct calibration_basis basis;
        struct refusal refusal;
        struct share by;

        if (!read_share(query, &by, &refusal) || !basis_asked(work, query->contract_id, query->lot, &basis, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__CompareCalibrationsReply *reply =
                pb_new(&contracts__compare_calibrations_reply__descriptor, work->arena);
        reply->options = arena_zalloc(work->arena, query->n_calibrations * sizeof(*reply->options));
        reply->n_options = query->n_calibrations;
        for (size_t i = 0; i < query->n_calibrations; i++) {
                Contracts__CalibrationOption *option = pb_new(&contracts__calibration_option__descriptor, work->arena);
                reply->options[i] = option;
                if (!basis_calculate(work, query->calibrations[i], &basis, &option->result, &refusal)) {
                        option->refusal = refusal_to(work->arena, &refusal);
                        continue;
                }
                first = first == NULL ? option->result : first;
                option->difference = difference(work, first, option->result);
                option->sensitivity =
                        sensitivity_of(option->result->calibration, by, work->arena, &option->n_sensitivity);
        }
        return reply_ok(work, reply);
}
