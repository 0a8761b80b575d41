/* calibrate: what a calculation would give, with its equivalents, what is odd about it, and where its figures come
 * from. With a contract, what is left out is that of its lot. Nothing is stored. Caller: facilitator, coordinator,
 * auditor, buyer, company. Refuses: INVALID_FIELD (calibration), NOT_FOUND, NOT_ALLOWED (contract). */
#include "contracts/calls.h"
#include "services/contracts/clauses/clauses.h"

#include "services/contracts/clauses/basis.h"

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
