/* refer_matter: an environmental matter of a contract was handed to the guichet vert.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: MatterReferred.
 * Refuses: NOT_FOUND (contract), NOT_ALLOWED, INVALID_FIELD (subject, to, referred_on, referred_by). */
#include "contracts/calls.h"
#include "services/contracts/referrals/referrals.h"

#include "common/base/text.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/loaded_contract.h"
#include "services/contracts/referrals/referral.h"

static Contracts__MatterReferred *matter_of(struct work *work, const Contracts__ReferMatter *command)
{
        static char facilitator[] = "le facilitateur";
        const Contracts__ReferralRulesVersion *rules = rules_on(work, DATED_REFERRALS, day_of(command->referred_on));
        int32_t remind_on = command->referred_on->days + (int32_t)rules->reminder_days;
        Contracts__MatterReferred *matter = pb_new(&contracts__matter_referred__descriptor, work->arena);

        matter->referral_id = id_to(work->arena, work_new_id(work));
        matter->contract_id = command->contract_id;
        matter->subject = command->subject;
        matter->to = text_is_empty(command->to) ? rules->desk : command->to;
        matter->referred_on = command->referred_on;
        matter->referred_by = text_is_empty(command->referred_by) ? facilitator : command->referred_by;
        matter->remind_on = day_to(work->arena, day_of_number(remind_on));
        return matter;
}

struct reply handle_refer_matter(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ReferMatter *command = (const Contracts__ReferMatter *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__MatterReferred *referred = matter_of(work, command);
        work_record(work, &referred->base);

        Contracts__ReferMatterReply *reply = pb_new(&contracts__refer_matter_reply__descriptor, work->arena);
        reply->referral_id = referred->referral_id;
        reply->remind_on = referred->remind_on;
        return reply_ok(work, reply);
}
