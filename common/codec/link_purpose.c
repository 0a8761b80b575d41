#include "common/codec/link_purpose.h"

#include "common/base/attr.h"

#define BIT(name)   (1u << TYPES__ROLE__##name)
#define FACILITATES (BIT(FACILITATOR) | BIT(COORDINATOR) | BIT(OPERATOR))
/* the daemon that mails what others did: of its notices alone */
#define MAILS BIT(SERVICE)

static const struct link_purpose purposes[] = {
        {ACCOUNTS__LINK_PURPOSE__LINK_DECLARE_MONTH, BIT(COMPANY) | BIT(STRUCTURE), FACILITATES, "tracking.SubmitHours",
         "placement_id", "month", NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_ANSWER_PROPOSAL, BIT(COMPANY) | BIT(STRUCTURE), FACILITATES | MAILS,
         "tracking.AnswerProposal", "proposal_id", NULL, "version"},
        {ACCOUNTS__LINK_PURPOSE__LINK_NAME_RESPONSIBLE, BIT(COMPANY), FACILITATES, "contracts.NameResponsible",
         "obligation_id", NULL, NULL},
        /* the buyer's own word: a facilitator copies it from paper, with its reference, and does not say it */
        {ACCOUNTS__LINK_PURPOSE__LINK_DECIDE_CASE, BIT(BUYER), BIT(OPERATOR), "contracts.DecideCase", "case_id", NULL,
         "version"},
        {ACCOUNTS__LINK_PURPOSE__LINK_TAKE_NOTE, BIT(PRESCRIBER), FACILITATES | MAILS, "notifications.MarkNoticeRead",
         "notice_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_ANSWER_NEED, BIT(PRESCRIBER), FACILITATES, "tracking.ProposeBeneficiary",
         "need_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_STATE_PRESENCE, BIT(COMPANY) | BIT(STRUCTURE), FACILITATES,
         "tracking.StatePresence", "placement_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_NAME_TUTOR, BIT(COMPANY), FACILITATES, "tracking.NameTutor", "placement_id", NULL,
         NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_NAME_REFERENT, BIT(STRUCTURE), FACILITATES, "tracking.NameReferent",
         "placement_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_DECIDE_RELIEF, BIT(BUYER), BIT(OPERATOR), "contracts.DecideRelief",
         "obligation_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_WAIVE_HOURS, BIT(BUYER), BIT(OPERATOR), "contracts.WaiveHours", "obligation_id",
         NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_AGREE_TRANSFER, BIT(BUYER), BIT(OPERATOR), "contracts.AgreeTransfer",
         "transfer_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_REFUSE_TRANSFER, BIT(BUYER), BIT(OPERATOR), "contracts.RefuseTransfer",
         "transfer_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_DECIDE_SUBCONTRACT, BIT(BUYER), BIT(OPERATOR), "contracts.DecideSubcontract",
         "subcontract_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_SERVE_NOTICE, BIT(BUYER), BIT(OPERATOR), "contracts.ServeFormalNotice", "case_id",
         NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_STOP_WORK, BIT(BUYER), BIT(OPERATOR), "contracts.SuspendExecution", "contract_id",
         NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_RESUME_WORK, BIT(BUYER), BIT(OPERATOR), "contracts.ResumeExecution",
         "contract_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_END_CONTRACT, BIT(BUYER), BIT(OPERATOR), "contracts.EndContract", "contract_id",
         NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_OBSERVE_CASE, BIT(COMPANY), FACILITATES, "contracts.RecordObservations",
         "case_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_DECLARE_DIFFICULTY, BIT(COMPANY), FACILITATES, "contracts.DeclareDifficulty",
         "obligation_id", NULL, NULL},
        {ACCOUNTS__LINK_PURPOSE__LINK_WITHDRAW_PROPOSAL, BIT(PRESCRIBER), FACILITATES, "tracking.WithdrawProposal",
         "proposal_id", NULL, "version"},
};

const struct link_purpose *link_purpose_at(size_t place)
{
        return place < ARRAY_SIZE(purposes) ? &purposes[place] : NULL;
}

const struct link_purpose *link_purpose(Accounts__LinkPurpose purpose)
{
        for (size_t i = 0; i < ARRAY_SIZE(purposes); i++)
                if (purposes[i].purpose == purpose)
                        return &purposes[i];
        return NULL;
}

Types__Role link_role(const struct link_purpose *purpose, Types__Role asked)
{
        if (asked != TYPES__ROLE__ROLE_NONE)
                return asked < 32 && (purpose->roles & (1u << asked)) != 0 ? asked : TYPES__ROLE__ROLE_NONE;
        if ((purpose->roles & (purpose->roles - 1)) != 0)
                return TYPES__ROLE__ROLE_NONE; /* it has several: which one is to be said */
        for (Types__Role role = TYPES__ROLE__FACILITATOR; role <= TYPES__ROLE__DATA_PROTECTION; role++)
                if ((purpose->roles & (1u << role)) != 0)
                        return role;
        return TYPES__ROLE__ROLE_NONE;
}
