/* decide_line: the facilitator keeps a line or drops it, chooses its lever, and says why. What the assessment proposed
 * is kept beside the choice. Caller: facilitator (where the line is), coordinator.  Emits: LineDecided. Refuses:
 * INVALID_FIELD (line_id, lever, status, reason, decided_on), NOT_FOUND, NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/levers.h"
#include "services/contracts/programming/line_view.h"
#include "services/contracts/programming/loaded_line.h"

#define UNKNOWN CONTRACTS__LEVER__LEVER_UNKNOWN
#define NONE    CONTRACTS__LEVER__LEVER_NONE
#define KEPT    CONTRACTS__LINE_STATUS__LINE_KEPT
#define DROPPED CONTRACTS__LINE_STATUS__LINE_DROPPED

/* Lever and status belong together. False with *ret_refusal. */
static bool read_choice(const Contracts__DecideLine *command, Contracts__LineDecision *ret, struct refusal *ret_refusal)
{
        ret->lever = command->lever;
        ret->status = command->status;
        if (ret->status == CONTRACTS__LINE_STATUS__LINE_STATUS_UNKNOWN) {
                if (ret->lever == UNKNOWN)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "lever",
                                      "Choisissez un levier (LEVER_CONDITION, LEVER_CRITERION, LEVER_RESERVED, "
                                      "LEVER_NONE), ou dites si la ligne est retenue ou abandonnée.");
                ret->status = ret->lever == NONE ? DROPPED : KEPT;
        }
        if (ret->status == KEPT && ret->lever == NONE)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "status",
                              "Une ligne sans considération sociale n'est pas retenue : choisissez un levier, ou "
                              "abandonnez-la.");
        if (ret->status == DROPPED && ret->lever != NONE && ret->lever != UNKNOWN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "status",
                              "Une ligne abandonnée ne porte pas de levier : retenez-la, ou choisissez LEVER_NONE.");
        ret->reason = command->reason;
        return true;
}

/* What the assessment said at the moment of the choice. */
static void add_proposal(const struct work *work, const struct loaded_line *loaded, Contracts__LineDecision *decision)
{
        const Contracts__LineAssessment *assessment =
                line_assess(work, loaded->line, loaded_line_check(work, loaded, NULL));
        const Contracts__LeverFit *best = assessment->levers[0];
        decision->proposed = best->lever;
        decision->proposed_score = best->score;
        decision->rules_version = assessment->rules_version;
        if (decision->lever == UNKNOWN)
                return;
        decision->score = levers_fit(assessment, decision->lever)->score;
        decision->differs = decision->lever != best->lever;
}

struct reply handle_decide_line(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DecideLine *command = (const Contracts__DecideLine *)message;
        Contracts__LineDecision *decision = pb_new(&contracts__line_decision__descriptor, work->arena);
        struct loaded_line loaded;
        struct refusal refusal;

        if (!loaded_line_find(work, command->line_id, NULL, &loaded, &refusal) ||
            !loaded_line_is_told(&loaded, &refusal) || !read_choice(command, decision, &refusal))
                return reply_refusal(work, &refusal);
        decision->decided_on = command->decided_on != NULL ? command->decided_on : day_to(work->arena, work->today);
        add_proposal(work, &loaded, decision);

        Contracts__LineDecided body = CONTRACTS__LINE_DECIDED__INIT;
        body.line_id = loaded.line->line_id;
        body.contract_id = loaded.line->contract_id;
        body.decision = decision;
        work_record(work, &body.base);

        Contracts__DecideLineReply *reply = pb_new(&contracts__decide_line_reply__descriptor, work->arena);
        reply->decision = decision;
        return reply_ok(work, reply);
}
